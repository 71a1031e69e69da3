/// Quantiles of floats, found without sorting all of them.
enum Quantile {
  /// Returns the item at the fraction `p` of the sorted ones, between two of them by linear interpolation. There is
  /// at least one item and none is NaN; they change their order. `look` is called from time to time with how
  /// much work comes next, and may stop it.
  static func of(
    _ items: UnsafeMutableBufferPointer<Double>, _ p: Double, _ look: (_ work: Int) throws -> Void
  ) throws -> Double {
    let place = p * Double(items.count - 1)
    let below = Int(place)
    let fraction = place - Double(below)
    try select(items, below, look)
    let a = items[below]
    if fraction == 0 || below + 1 >= items.count { return a }
    var b = items[below + 1]
    for i in (below + 1)..<items.count { b = min(b, items[i]) }
    // Halfway between infinities, or two equal items, there is nothing to compute.
    return a == b ? a : a + (b - a) * fraction
  }

  /// Puts the item that belongs at `place` there, smaller ones before it and greater ones behind it (Hoare's
  /// quickselect).
  private static func select(
    _ items: UnsafeMutableBufferPointer<Double>, _ place: Int, _ look: (_ work: Int) throws -> Void
  ) throws {
    var (low, high) = (0, items.count - 1)
    // The pivot's place must not follow a pattern that items may have; it need not be unforeseeable.
    var random = UInt64(items.count)
    while low < high {
      try look((high - low) / 64 + 1)
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let pivot = items[low + Int(random >> 33) % (high - low + 1)]
      var (i, j) = (low, high)
      while i <= j {
        while items[i] < pivot { i &+= 1 }
        while items[j] > pivot { j &-= 1 }
        if i <= j {
          items.swapAt(i, j)
          i &+= 1
          j &-= 1
        }
      }
      if place <= j {
        high = j
      } else if place >= i {
        low = i
      } else {
        return
      }
    }
  }
}
