import Glibc
import SwaleEngine

/// Runs `body` and asks it to stop, as Ctrl-C does, when it takes longer than `patience`; returns how much
/// longer it went on.
func stopping<R>(after patience: Duration, _ body: () throws -> R) rethrows -> (result: R, overtime: Duration)
{
  Interrupt.prepare()
  signal(SIGALRM) { _ in Interrupt.request() }
  let clock = ContinuousClock()
  let start = clock.now
  startTimer(patience)
  defer {
    startTimer(.zero)
    signal(SIGALRM, SIG_IGN)
    Interrupt.clear()
  }
  let result = try body()
  return (result, clock.now - start - patience)
}

/// Sends one SIGALRM after the time; none for zero.
private func startTimer(_ time: Duration) {
  var timer = itimerval()
  timer.it_value.tv_sec = Int(time.components.seconds)
  timer.it_value.tv_usec = Int(time.components.attoseconds / 1_000_000_000_000)
  setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
}
