// Theme, type, components.
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose.compiler)
}

android { namespace = "haitang.design" }

dependencies {
    api(project(":bridge"))
    api(libs.compose.foundation)
    api(libs.compose.material.icons.core)
    api(libs.compose.material3)
    api(libs.compose.ui)
    api(libs.compose.ui.tooling.preview)
    implementation(libs.zxing.core)
}
