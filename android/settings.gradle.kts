// For Android Studio. Machines without an Android SDK build the same sources with Maven (pom.xml); scripts/android versions holds the
// two together.
pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "haitang"

include(
    ":bridge",
    ":design",
    ":platform",
    ":testing",
    ":features:activity",
    ":features:directory",
    ":features:enrol",
    ":features:home",
    ":features:lock",
    ":features:mydata",
    ":features:notice",
    ":features:outbox",
    ":features:quiz",
    ":features:settings",
    ":features:study",
    ":features:sync",
    ":features:task",
    ":app",
)
