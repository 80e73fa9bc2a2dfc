import org.jetbrains.kotlin.gradle.tasks.KotlinCompile

// The activity, navigation and the manifest.
plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.compose.compiler)
}

val cache = System.getenv("HAITANG_CACHE") ?: "${System.getProperty("user.home")}/.cache/haitang"

/** The core for phones: needs cargo-ndk and an NDK. */
val native by tasks.registering(Exec::class) {
    workingDir = rootDir.parentFile
    commandLine(
        "cargo",
        "ndk",
        "--target",
        "arm64-v8a",
        "--target",
        "armeabi-v7a",
        "--target",
        "x86_64",
        "--platform",
        "26",
        "--output-dir",
        "$cache/android/native",
        "build",
        "--locked",
        "--release",
        "--package",
        "haitang-bindings",
    )
}

android {
    namespace = "haitang.app"
    defaultConfig {
        applicationId = "haitang.app"
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles("keep.pro")
        }
    }
    sourceSets.named("main") { jniLibs.directories.add("$cache/android/native") }
}

tasks.named("preBuild") { dependsOn(native) }

// The walk over all screens needs the lists beside each feature's tests, which only one compilation of all of them (Maven's) sees.
tasks.withType<KotlinCompile>().configureEach {
    if ("UnitTest" in name) exclude("**/Screenshots*.kt")
}

dependencies {
    implementation(project(":platform"))
    implementation(project(":features:activity"))
    implementation(project(":features:directory"))
    implementation(project(":features:enrol"))
    implementation(project(":features:home"))
    implementation(project(":features:lock"))
    implementation(project(":features:mydata"))
    implementation(project(":features:notice"))
    implementation(project(":features:outbox"))
    implementation(project(":features:quiz"))
    implementation(project(":features:settings"))
    implementation(project(":features:study"))
    implementation(project(":features:sync"))
    implementation(project(":features:task"))
    implementation(variantOf(libs.jna) { artifactType("aar") })
    implementation(libs.activity.compose)
    implementation(libs.core.ktx)
    implementation(libs.kotlinx.coroutines.android)
    implementation(libs.lifecycle.process)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.lifecycle.viewmodel.compose)
    implementation(libs.navigation.compose)
    implementation(libs.work.runtime)
    // Only tests run on a desk, where JNA's jar has the libraries.
    testImplementation(libs.jna)
}
