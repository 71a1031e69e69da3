/// What fills the channel of `ticker(d)`: a value each time the duration has passed, unless the one
/// before it was not taken yet. It ends when nobody holds the channel any more, or it was closed.
final class Ticker {
  private weak var channel: ChannelValue?
  private let interval: Int
  private unowned(unsafe) let scheduler: Scheduler
  private var next: Int

  init(_ channel: ChannelValue, every interval: Int, _ scheduler: Scheduler) {
    self.channel = channel
    self.interval = interval
    self.scheduler = scheduler
    next = scheduler.deadline(in: interval)
    channel.channel.isTicked = true
    scheduler.add(Timer(next, .tick(self)))
  }

  func tick(_ now: Int) {
    guard let channel else { return }
    switch channel.channel.locked({ $0.send(.dateTime(scheduler.timeOfDay)) }) {
    case .closed: return
    case .sent(let woken?): scheduler.makeReady(woken)
    case .sent, .full: break
    }
    // Moments that passed while nobody could tick are left out.
    let passed = max(0, now - next) / interval * interval
    next += passed
    let (moment, overflow) = next.addingReportingOverflow(interval)
    next = overflow ? .max : moment
    scheduler.add(Timer(next, .tick(self)))
  }
}
