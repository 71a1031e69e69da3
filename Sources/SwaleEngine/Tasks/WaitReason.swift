/// What a task waits for, and where in the program; without counting references, since it is noted
/// at every wait.
struct WaitReason {
  enum Subject {
    case receive, send, select, task(Int), tasks(Int), scope, cell, sleep, input
  }
  let subject: Subject
  /// The node that waits, which is there as long as it does.
  let node: Unmanaged<Node>?
  /// The channel that it waits for, where that is the only thing that can end the wait.
  let channel: Unmanaged<Channel>?

  init(_ subject: Subject, _ node: Node?, for channel: Channel? = nil) {
    self.subject = subject
    self.node = node.map { Unmanaged.passUnretained($0) }
    self.channel = channel.map { Unmanaged.passUnretained($0) }
  }

  init(_ subject: Subject, at node: Unmanaged<Node>?) {
    self.subject = subject
    self.node = node
    channel = nil
  }

  /// The words after "waits".
  var description: String {
    switch subject {
    case .receive: "to receive from a channel"
    case .send: "to send to a channel"
    case .select: "for an arm of a select"
    case .task(let number): "for task \(number)"
    case .tasks(let count): "for \(count) tasks"
    case .scope: "for the tasks of its scope"
    case .cell: "for a cell that is being updated"
    case .sleep: "for the end of a sleep"
    case .input: "for input"
    }
  }
}
