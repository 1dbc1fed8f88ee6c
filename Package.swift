// swift-tools-version: 6.2
import PackageDescription

/// Every target treats warnings as errors; the layers and their order are those of ARCHITECTURE.md,
/// and `LayerTests` reads the imports to hold the sources to them.
/// `CHECKED` is a debug build's word for "look at every invariant": `DEBUG` is said of dependencies as well, and
/// `assert` vanishes where the inner loops are optimised.
/// Each function stands in a section of its own, so that the linker can leave out what nobody calls and keep one of what
/// is the same.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .swiftLanguageMode(.v6), .define("CHECKED", .when(configuration: .debug)),
  .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
]

/// What waits for a person, and not for a million rows, is built for size.
let calm: [SwiftSetting] = strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// The inner loops are optimised in debug builds, too: the tests run millions of rows through them.
let loops: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Where the archives of C libraries are given, the linker must not be sent to the folder of the shared ones first, which
/// is what pkg-config may say.
let isArchived = Context.environment["CESUAN_ARCHIVES"] != nil

let package = Package(
  name: "cesuan-workbench",
  products: [.executable(name: "cesuan", targets: ["cesuan"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Reckoning", swiftSettings: loops),
    .target(name: "Diagnostics", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: isArchived ? nil : "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Workbooks", dependencies: ["CZlib"], swiftSettings: loops),
    .target(
      name: "CSQLite", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
      linkerSettings: [
        .linkedLibrary("sqlite3"), .linkedLibrary("m"),
      ]),
    .target(name: "Databases", dependencies: ["CSQLite"], swiftSettings: loops),
    .target(name: "Parquet", dependencies: ["CZlib", "Reckoning"], swiftSettings: loops),
    .target(name: "View", dependencies: ["Diagnostics"], swiftSettings: calm),
    .target(
      name: "Answers", dependencies: ["Reckoning", "Diagnostics", "View", "Workbooks", "Databases", "Parquet"],
      swiftSettings: strict),
    .target(name: "CFiles"),
    .systemLibrary(name: "CYAML", pkgConfig: isArchived ? nil : "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "Facts",
      dependencies: ["CFiles", "CYAML", "Reckoning", "Diagnostics", "Workbooks", "Parquet"], swiftSettings: loops),
    .systemLibrary(
      name: "CMarkGFM", pkgConfig: isArchived ? nil : "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .target(name: "Markup", dependencies: ["CMarkGFM"], swiftSettings: calm),
    .target(
      name: "PolicyLanguage", dependencies: ["Reckoning", "Diagnostics", "Markup", "Facts"], swiftSettings: loops),
    .target(
      name: "Engine", dependencies: ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage"], swiftSettings: loops),
    .target(
      name: "Emission", dependencies: ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine"],
      swiftSettings: calm),
    .target(name: "CDistricts"),
    .target(name: "Districts", dependencies: ["CDistricts"], swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine"],
      swiftSettings: strict),
    .target(
      name: "Commands", dependencies: ["Reckoning", "Diagnostics", "Answers", "PolicyLanguage", "Engine", "Reports"],
      swiftSettings: calm),
    .target(
      name: "Sessions",
      dependencies: [
        "Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine", "Reports", "Districts", "Commands",
      ],
      swiftSettings: calm),
    .target(
      name: "Workbench",
      dependencies: [
        "Reckoning", "Diagnostics", "View", "Answers", "Facts", "PolicyLanguage", "Engine", "Reports", "Districts",
        "Markup", "Commands", "Sessions", "Databases", "Emission", "Workbooks",
      ],
      swiftSettings: calm),
    .target(name: "Loopback", swiftSettings: calm),
    .target(name: "CPage"),
    .target(
      name: "Serving",
      dependencies: ["Workbench", "Answers", "Sessions", "Diagnostics", "View", "Loopback", "CPage"],
      swiftSettings: calm),
    .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "LineEditor", dependencies: ["CLibEdit"], swiftSettings: calm),
    .target(name: "CArguments"),
    .executableTarget(
      name: "cesuan",
      dependencies: [
        "CArguments", "Workbench", "Serving", "Loopback", "Answers", "Commands", "Sessions", "Diagnostics", "View",
        "LineEditor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: calm),
    .executableTarget(
      name: "cesuan-bench",
      dependencies: [
        "Reckoning", "Diagnostics", "Answers", "Commands", "Facts", "PolicyLanguage", "Engine", "Reports", "Sessions",
        "Workbench",
      ],
      swiftSettings: strict),
    .testTarget(name: "ReckoningTests", dependencies: ["Reckoning"], swiftSettings: strict),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "WorkbooksTests", dependencies: ["Workbooks", "CZlib"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "DatabasesTests", dependencies: ["Databases", "CSQLite"], swiftSettings: strict),
    .testTarget(name: "ParquetTests", dependencies: ["Parquet"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: strict),
    .testTarget(name: "ViewTests", dependencies: ["View", "Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "AnswersTests", dependencies: ["Answers", "View", "Diagnostics", "Reckoning", "Workbooks"],
      swiftSettings: strict),
    .testTarget(
      name: "FactsTests", dependencies: ["Facts", "Reckoning", "Diagnostics", "Workbooks"], swiftSettings: strict),
    .testTarget(
      name: "PolicyLanguageTests", dependencies: ["PolicyLanguage", "Facts", "Reckoning", "Diagnostics"],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "PolicyLanguage", "Facts", "Reckoning", "Diagnostics"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Engine", "PolicyLanguage", "Facts", "Reckoning", "Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Answers", "Commands", "Sessions", "Engine", "Reports", "PolicyLanguage", "Facts", "Reckoning",
        "View",
        "Diagnostics", "Workbooks",
      ],
      exclude: ["Goldens"], swiftSettings: strict),
    .target(
      name: "FuzzReaders",
      dependencies: ["Workbench", "Sessions", "PolicyLanguage", "Facts", "Workbooks", "Diagnostics"],
      path: "Tests/Fuzz/Readers", exclude: ["corpus"], swiftSettings: loops),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzReaders"], path: "Tests/Fuzz/Tests", swiftSettings: loops),
    .testTarget(name: "LoopbackTests", dependencies: ["Loopback"], swiftSettings: strict),
    .testTarget(
      name: "ServingTests",
      dependencies: ["Serving", "Loopback", "Workbench", "Sessions", "Districts", "Diagnostics", "View"],
      swiftSettings: strict),
    .testTarget(name: "LineEditorTests", dependencies: ["LineEditor", "CLibEdit"], swiftSettings: strict),
    .testTarget(name: "LayerTests", exclude: ["tidy-exceptions.txt"], swiftSettings: loops),
  ]
)

/// The readers under libFuzzer, for `make fuzz` alone: it needs a library that is linked into nothing else, and code that
/// tells which of its branches were reached.
if let library = Context.environment["CESUAN_LIBFUZZER"] {
  package.targets += [
    .target(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "cesuan-fuzz", dependencies: ["CLibFuzzer", "FuzzReaders"], path: "Tests/Fuzz/Driver",
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-Xlinker", library]), .linkedLibrary("stdc++")]),
  ]
}

/// Archives of C libraries in place of shared ones, for `scripts/build-release` alone: the program then needs none of
/// them where it runs. What they need in turn is named as well. lld packs the table of addresses that the loader has to
/// mend, which the other linkers of the platform write out: it is a twentieth of the program. Swift's list of libraries
/// asks for every name to be exported, which nobody looks up; and the tables by which C++ unwinds the stack are a tenth of
/// the program, in which nothing is ever thrown across (Swift's errors are returned). Functions of the same code are kept
/// once: nothing here compares the addresses of functions.
if let folder = Context.environment["CESUAN_ARCHIVES"], let names = Context.environment["CESUAN_LIBRARIES"] {
  for target in package.targets where target.name == "cesuan" {
    let flags = [
      "-z", "pack-relative-relocs", "--icf=all", "--no-export-dynamic", "--no-eh-frame-hdr", "-T",
      Context.packageDirectory + "/scripts/without-unwinding.ld",
    ]
    target.linkerSettings =
      [.unsafeFlags(["-L\(folder)", "-use-ld=lld"] + flags.flatMap { ["-Xlinker", $0] })]
      + names.split(separator: " ").map { .linkedLibrary(String($0)) }
  }
}
