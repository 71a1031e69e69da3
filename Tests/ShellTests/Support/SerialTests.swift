import Testing

/// Suites whose tests run one at a time: libedit shares some state between editors, and a process
/// has one set of signal handlers and one present folder.
@Suite(.serialized) struct SerialTests {}
