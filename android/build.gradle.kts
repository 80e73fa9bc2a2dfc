import com.android.build.api.dsl.CommonExtension
import org.jetbrains.kotlin.compose.compiler.gradle.ComposeCompilerGradlePluginExtension

plugins {
    alias(libs.plugins.android.application) apply false
    alias(libs.plugins.android.library) apply false
    alias(libs.plugins.compose.compiler) apply false
    alias(libs.plugins.kotlin.jvm) apply false
}

/** The core's Kotlin side, and its library for this machine's tests. */
val bindings by tasks.registering(Exec::class) {
    workingDir = rootDir.parentFile
    commandLine("scripts/bindings")
}

val catalogue = extensions.getByType<VersionCatalogsExtension>().named("libs")

subprojects {
    // What Maven's flat list says is what is built with, whatever the libraries themselves ask for.
    configurations.configureEach {
        if (name.endsWith("CompileClasspath") || name.endsWith("RuntimeClasspath")) {
            resolutionStrategy.force(
                catalogue.libraryAliases.map { alias ->
                    catalogue
                        .findLibrary(alias)
                        .get()
                        .get()
                        .let { "${it.module}:${it.version}" }
                },
            )
        }
    }

    plugins.withId("org.jetbrains.kotlin.plugin.compose") {
        extensions.configure<ComposeCompilerGradlePluginExtension> {
            stabilityConfigurationFiles.add(rootProject.layout.projectDirectory.file("stable-types.conf"))
        }
    }

    listOf("com.android.application", "com.android.library").forEach { plugin ->
        plugins.withId(plugin) {
            extensions.configure<CommonExtension>("android") {
                compileSdk = 36
                defaultConfig.minSdk = 26
                compileOptions.sourceCompatibility = JavaVersion.VERSION_17
                compileOptions.targetCompatibility = JavaVersion.VERSION_17
                testOptions.unitTests.isIncludeAndroidResources = true
            }
            dependencies {
                if (path != ":testing") "testImplementation"(project(":testing"))
                "testImplementation"(libs.robolectric)
                "testImplementation"(libs.hamcrest.library)
                "testImplementation"(libs.concurrent.futures.ktx)
                "testImplementation"(libs.kotlinx.coroutines.test)
                "testImplementation"(libs.test.ext.junit)
                "testImplementation"(libs.work.testing)
                "testImplementation"(libs.compose.ui.test.junit4)
                "testImplementation"(libs.compose.ui.test.manifest)
            }
        }
    }

    tasks.withType<Test>().configureEach {
        dependsOn(bindings)
        val target = System.getenv("CARGO_TARGET_DIR") ?: "${System.getProperty("user.home")}/.cache/haitang/target"
        systemProperty("jna.library.path", "$target/debug")
        systemProperty("haitang.server", "$target/debug/haitang-server")
        systemProperty("robolectric.pixelCopyRenderMode", "hardware")
    }
}
