/// Returns the name that was probably meant: the one with the fewest typing mistakes, or nil where
/// each would take too many for its length.
public func closestName(to name: String, among candidates: some Sequence<String>) -> String? {
  // Capitals are no mistake.
  let folded = name.lowercased()
  let wanted = Array(folded)
  guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
  // A short name becomes another one by few mistakes, so few are forgiven.
  let threshold = wanted.count < 6 ? 1 : wanted.count < 8 ? 2 : (wanted.count + 2) / 3
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate != name {
    var distance = 0
    let foldedCandidate = candidate.lowercased()
    if foldedCandidate != folded {
      let other = Array(foldedCandidate)
      guard abs(other.count - wanted.count) <= threshold else { continue }
      distance = editDistance(wanted, other)
      // A name of which all letters were replaced was not mistyped.
      guard distance <= threshold, distance < max(wanted.count, other.count) else { continue }
      if wanted.count < 3, wanted.first != other.first, distance > 0 { continue }
    }
    // Of names that are as near, one that merely goes on is the likelier.
    if let found = best {
      let (goesOn, foundGoesOn) = (candidate.hasPrefix(name) ? 0 : 1, found.name.hasPrefix(name) ? 0 : 1)
      if (found.distance, foundGoesOn, found.name) <= (distance, goesOn, candidate) { continue }
    }
    best = (candidate, distance)
  }
  return best?.name
}

/// Returns how many insertions, deletions, replacements and swaps of neighbours make one text the
/// other.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, character) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, other) in right.enumerated() {
      let replaced = previous[column] + (character == other ? 0 : 1)
      var distance = min(previous[column + 1] + 1, current[column] + 1, replaced)
      if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
        distance = min(distance, beforePrevious[column - 1] + 1)
      }
      current.append(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
