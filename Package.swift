// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

/// The hot modules give up dynamic exclusivity tracking, which is kept per thread and would not
/// survive a task moving from one thread to another.
let hotSettings: [SwiftSetting] = settings + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

let package = Package(
  name: "swale",
  products: [.executable(name: "swale", targets: ["swale"])],
  targets: [
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(
      name: "CLibraries", providers: [.apt(["zlib1g-dev", "libpcre2-dev", "libmd-dev"])]),
    .target(name: "CStack"),
    .target(name: "CScan"),
    .target(name: "SwaleSyntax", swiftSettings: settings),
    .target(
      name: "SwaleEngine", dependencies: ["SwaleSyntax", "CStack", "CLibraries"],
      swiftSettings: hotSettings),
    .target(
      name: "SwaleTables", dependencies: ["SwaleSyntax", "SwaleEngine", "CScan"],
      swiftSettings: hotSettings),
    .target(name: "SwaleServices", dependencies: ["SwaleEngine"], swiftSettings: settings),
    .target(
      name: "SwaleShell",
      dependencies: ["SwaleSyntax", "SwaleEngine", "SwaleTables", "SwaleServices", "CLibEdit"],
      swiftSettings: settings),
    .executableTarget(name: "swale", dependencies: ["SwaleShell"], swiftSettings: settings),
    .testTarget(name: "SyntaxTests", dependencies: ["SwaleSyntax"], swiftSettings: settings),
    .target(
      name: "EngineTesting", dependencies: ["SwaleSyntax", "SwaleEngine", "SwaleTables"],
      path: "Tests/EngineTesting", swiftSettings: settings),
    .testTarget(
      name: "EngineTests", dependencies: ["SwaleEngine", "SwaleTables", "EngineTesting", "CStack"],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz", dependencies: ["SwaleSyntax", "SwaleEngine", "EngineTesting"],
      path: "Tests/Fuzzer", swiftSettings: settings),
    .testTarget(name: "FuzzerTests", dependencies: ["fuzz", "EngineTesting"], swiftSettings: settings),
    .testTarget(name: "TablesTests", dependencies: ["SwaleTables"], swiftSettings: settings),
    .testTarget(name: "ShellTests", dependencies: ["SwaleShell"], swiftSettings: settings),
  ]
)
