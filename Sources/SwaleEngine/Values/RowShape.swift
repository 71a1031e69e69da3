/// What a row expression is, as far as a verb can make use of it without calling the function.
public indirect enum RowShape {
  /// `.name`
  case field(String)
  /// `[.a, .b]`, one function for each item
  case fields([FunctionValue])
  /// `{name: expr, ...}`
  case record([(String, FunctionValue)])
  /// `desc(expr)`
  case descending(FunctionValue)
  case general
}
