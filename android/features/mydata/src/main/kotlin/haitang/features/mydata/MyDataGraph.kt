package haitang.features.mydata

import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.MyDataCore

/** Where the holder sees what is kept about them. */
object MyDataRoutes {
    /** Opened by `haitang://mydata` too. */
    const val PAGE = "mydata"
}

/**
 * The screen of one's own data.
 *
 * @param onExport a text of the holder's is to be kept elsewhere, under a name
 */
fun NavGraphBuilder.myDataGraph(
    nav: NavController,
    core: MyDataCore,
    onExport: (name: String, text: String) -> Unit,
) {
    composable(MyDataRoutes.PAGE, deepLinks = listOf(navDeepLink { uriPattern = "haitang://mydata" })) {
        val model = viewModel { MyDataViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        LaunchedEffect(state.export) {
            state.export?.let {
                model.exported()
                onExport(it.name, it.text)
            }
        }
        MyDataScreen(
            state,
            onConsent = model::consent,
            onExportMine = model::exportMine,
            onExportUnsent = model::exportUnsent,
            onTold = model::told,
            onBack = { nav.popBackStack() },
        )
    }
}
