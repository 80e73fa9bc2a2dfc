package haitang.app

import androidx.compose.runtime.Composable
import haitang.design.designShots
import haitang.platform.platformShots

/** Every screen with made-up contents, in every state worth seeing; each feature keeps its own list beside its tests. */
internal val allShots: List<Pair<String, @Composable () -> Unit>> =
    designShots +
        platformShots
