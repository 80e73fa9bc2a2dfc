package haitang.platform

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.ContextWrapper
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.provider.Settings
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import haitang.design.QuietButton

/** Asks for one permission: [ask] goes on at once where it was given, else explains first. */
@Stable
interface PermissionAsker {
    fun ask(then: () -> Unit)
}

/**
 * A permission, asked for when it is needed. First [why] is told; a refusal is told with the way to the settings, and everything
 * else goes on.
 *
 * @param onRefused after the person has read that it was refused, or has said "not now"
 */
@Composable
fun rememberPermission(
    permission: String,
    why: String,
    onRefused: () -> Unit = {},
): PermissionAsker = rememberPermission(listOf(permission), why, onRefused)

/** The same for permissions of which any one will do, such as an exact and a rough place. */
@Composable
fun rememberPermission(
    permissions: List<String>,
    why: String,
    onRefused: () -> Unit = {},
): PermissionAsker {
    val context = LocalContext.current
    val refused by rememberUpdatedState(onRefused)
    val asking = remember(permissions) { Asking(permissions) { context.hasAny(permissions) } }
    val launcher =
        rememberLauncherForActivityResult(ActivityResultContracts.RequestMultiplePermissions()) { answer ->
            if (answer.values.any { it } || context.hasAny(permissions)) asking.given() else asking.step = Step.Refused
        }
    when (asking.step) {
        Step.Idle -> {}

        Step.Explaining -> {
            AskDialog(
                title = stringResource(R.string.device_ask_title),
                text = why,
                yes = stringResource(R.string.device_ask_continue),
                no = stringResource(R.string.device_ask_not_now),
                onYes = {
                    asking.step = Step.Idle
                    launcher.launch(permissions.toTypedArray())
                },
                onNo = { asking.refused(refused) },
            )
        }

        Step.Refused -> {
            AskDialog(
                title = stringResource(R.string.device_refused_title),
                text = stringResource(R.string.device_refused),
                yes = stringResource(R.string.device_open_settings),
                no = stringResource(R.string.device_refused_ok),
                onYes = {
                    context.openOwnSettings()
                    asking.refused(refused)
                },
                onNo = { asking.refused(refused) },
            )
        }
    }
    return asking
}

private enum class Step { Idle, Explaining, Refused }

private class Asking(
    val permissions: List<String>,
    private val has: () -> Boolean,
) : PermissionAsker {
    var step by mutableStateOf(Step.Idle)
    private var then: (() -> Unit)? = null

    override fun ask(then: () -> Unit) {
        if (has()) {
            then()
        } else {
            this.then = then
            step = Step.Explaining
        }
    }

    fun given() {
        step = Step.Idle
        then?.invoke()
        then = null
    }

    fun refused(tell: () -> Unit) {
        step = Step.Idle
        then = null
        tell()
    }
}

@Composable
private fun AskDialog(
    title: String,
    text: String,
    yes: String,
    no: String,
    onYes: () -> Unit,
    onNo: () -> Unit,
) {
    AlertDialog(
        onDismissRequest = onNo,
        title = { Text(title) },
        text = { Text(text, Modifier.verticalScroll(rememberScrollState())) },
        confirmButton = { QuietButton(yes, onYes) },
        dismissButton = { QuietButton(no, onNo) },
    )
}

/** Whether any of the permissions was given. */
internal fun Context.hasAny(permissions: List<String>): Boolean =
    permissions.any { checkSelfPermission(it) == PackageManager.PERMISSION_GRANTED }

private fun Context.openOwnSettings() {
    val own = Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", packageName, null))
    if (activity() == null) own.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
    try {
        startActivity(own)
    } catch (_: ActivityNotFoundException) {
        // A phone without such a page: its owner knows where the settings are.
    }
}

internal tailrec fun Context.activity(): Activity? =
    when (this) {
        is Activity -> this
        is ContextWrapper -> baseContext?.activity()
        else -> null
    }
