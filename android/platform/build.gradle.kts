// The phone's parts: camera, microphone, place, keystore, alarms, background sync.
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose.compiler)
}

android { namespace = "haitang.platform" }

dependencies {
    api(project(":bridge"))
    api(project(":design"))
    implementation(libs.activity.compose)
    implementation(libs.core.ktx)
    implementation(libs.kotlinx.coroutines.android)
    implementation(libs.lifecycle.process)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.work.runtime)
    implementation(libs.zxing.core)
}
