// The core behind Kotlin interfaces. Plain JVM: the same classes on a phone and in tests on a desk.
plugins {
    alias(libs.plugins.kotlin.jvm)
}

val cache = System.getenv("HAITANG_CACHE") ?: "${System.getProperty("user.home")}/.cache/haitang"

kotlin {
    jvmToolchain(17)
    sourceSets.main { kotlin.srcDir("$cache/bindings/kotlin") }
    sourceSets.test { kotlin.srcDir("../testing/src/main/kotlin") }
}

tasks.compileKotlin { dependsOn(":bindings") }
tasks.test { useJUnitPlatform() }

dependencies {
    api(libs.kotlin.stdlib)
    api(libs.kotlinx.coroutines.core)
    // Phones get the AAR, which has the same classes, from the app.
    compileOnly(libs.jna)
    testImplementation(libs.jna)
    testImplementation(libs.junit.jupiter)
}
