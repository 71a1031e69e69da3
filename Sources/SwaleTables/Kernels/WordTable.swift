/// A hash table that numbers words of 64 bits in order of first appearance.
struct WordTable: ~Copyable {
  private var words: UnsafeMutablePointer<UInt64>
  /// The number of the word in each place; -1 where the place is free.
  private var numbers: UnsafeMutablePointer<Int32>
  private var mask: Int
  private var used = 0
  private(set) var count = 0
  private var missing: Int32 = -1
  /// The words in the order of their numbers; something of no meaning for what is no word.
  private var known = GrowingBuffer<UInt64>()

  init() {
    mask = 1023
    words = .allocate(capacity: mask + 1)
    numbers = .allocate(capacity: mask + 1)
    numbers.initialize(repeating: -1, count: mask + 1)
  }

  deinit {
    words.deallocate()
    numbers.deallocate()
  }

  @inline(__always) static func hash(_ word: UInt64) -> UInt64 {
    let (high, low) = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return high ^ low
  }

  @inline(__always) private func place(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: WordTable.hash(word)) & mask
  }

  @inline(__always) mutating func number(of word: UInt64) -> Int32 {
    var place = place(word)
    while true {
      let number = numbers[place]
      if number < 0 { return add(word, at: place) }
      if words[place] == word { return number }
      place = (place &+ 1) & mask
    }
  }

  /// The number of what is no word.
  mutating func numberOfMissing() -> Int32 {
    if missing < 0 {
      missing = Int32(count)
      known.append(0)
      count += 1
    }
    return missing
  }

  /// Returns the word that has a number, nil for what is no word.
  func word(of number: Int) -> UInt64? { number == missing ? nil : known.base[number] }

  private mutating func add(_ word: UInt64, at place: Int) -> Int32 {
    let number = Int32(count)
    words[place] = word
    numbers[place] = number
    known.append(word)
    count += 1
    used += 1
    if used * 2 > mask { grow() }
    return number
  }

  private mutating func grow() {
    let (oldWords, oldNumbers, oldCount) = (words, numbers, mask + 1)
    mask = oldCount * 4 - 1
    words = .allocate(capacity: mask + 1)
    numbers = .allocate(capacity: mask + 1)
    numbers.initialize(repeating: -1, count: mask + 1)
    for i in 0..<oldCount where oldNumbers[i] >= 0 {
      var place = place(oldWords[i])
      while numbers[place] >= 0 { place = (place + 1) & mask }
      words[place] = oldWords[i]
      numbers[place] = oldNumbers[i]
    }
    oldWords.deallocate()
    oldNumbers.deallocate()
  }
}
