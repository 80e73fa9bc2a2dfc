// swift-tools-version:6.0
import PackageDescription

// The core as a Swift package. `Sources/` (generated Swift, and the C interface under it) and `lib/libhaitang.a` are not
// kept here: `scripts/swift-package` lays the whole package out under the cache folder, from this folder and a fresh build.
let package = Package(
    name: "HaitangCore",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "HaitangCore", targets: ["HaitangCore"])],
    targets: [
        .systemLibrary(name: "haitangFFI"),
        .target(
            name: "HaitangCore",
            dependencies: ["haitangFFI"],
            // What uniffi generates is not yet written for strict concurrency; everything over it is.
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: [
                .unsafeFlags(["-L\(Context.packageDirectory)/lib"]),
                .linkedLibrary("haitang"),
                .linkedLibrary("m", .when(platforms: [.linux])),
                .linkedFramework("Security", .when(platforms: [.iOS, .macOS])),
                .linkedFramework("CoreFoundation", .when(platforms: [.iOS, .macOS])),
                // Tests that use Observation do not link by the default linker.
                .unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux])),
            ]
        ),
        .testTarget(name: "HaitangCoreTests", dependencies: ["HaitangCore"]),
    ],
    swiftLanguageModes: [.v6]
)
