extension Builtins {
  /// One list of declarations for each file of builtins.
  static var families: [[Builtin]] {
    [
      core,
      conversions,
      numbers,
      strings,
      textParts,
      lists,
      setOperations,
      inPlace,
      records,
      verbs,
      rowVerbs,
      channelRows,
      aggregates,
      bytesFunctions,
      cells,
      channels,
      dates,
      dateParts,
      time,
      math,
      bits,
      statistics,
      random,
      regex,
      json,
      files,
      hash,
      base64,
      environment,
    ]
  }
}
