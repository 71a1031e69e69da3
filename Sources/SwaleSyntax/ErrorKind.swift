/// The kinds of error a program can see in `.kind`; `fail` may add others of its own.
public struct ErrorKind: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public init(_ name: String) { self.name = name }
  public var description: String { name }

  public static let syntax = ErrorKind("syntax")
  public static let name = ErrorKind("name")
  public static let type = ErrorKind("type")
  public static let index = ErrorKind("index")
  public static let key = ErrorKind("key")
  public static let value = ErrorKind("value")
  public static let overflow = ErrorKind("overflow")
  public static let zeroDivision = ErrorKind("zero_division")
  public static let depth = ErrorKind("depth")
  public static let io = ErrorKind("io")
  public static let parse = ErrorKind("parse")
  public static let timeout = ErrorKind("timeout")
  public static let cancelled = ErrorKind("cancelled")
  public static let deadlock = ErrorKind("deadlock")
  public static let channelClosed = ErrorKind("channel_closed")
  public static let notSendable = ErrorKind("not_sendable")
  public static let assertion = ErrorKind("assertion")
  public static let user = ErrorKind("user")
}
