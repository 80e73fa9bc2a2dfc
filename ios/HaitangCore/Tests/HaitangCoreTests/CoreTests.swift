import HaitangCore
import Testing

@Test("the library loads and says its version")
func coreSaysItsVersion() throws {
    let version = coreVersion()
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil, "\(version)")
}
