plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose.compiler)
}

android { namespace = "haitang.features.home" }

dependencies {
    implementation(project(":platform"))
    implementation(libs.activity.compose)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.lifecycle.viewmodel.compose)
    implementation(libs.navigation.compose)
}
