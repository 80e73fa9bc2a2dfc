// What tests of screens share; for tests alone.
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose.compiler)
}

android {
    namespace = "haitang.testing"
    sourceSets.named("main") { kotlin.directories.add("src/android/kotlin") }
}

dependencies {
    api(project(":platform"))
    api(libs.compose.ui.test)
    api(libs.compose.ui.test.junit4)
    api(libs.junit4)
    api(libs.robolectric)
    api(libs.test.core)
    api(libs.test.ext.junit)
}
