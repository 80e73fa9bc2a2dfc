package haitang.bridge

/** The version of the core that this app was built with. */
fun versionOfCore(): String = uniffi.haitang.coreVersion()
