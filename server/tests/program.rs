//! The program as an operator starts it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haitang-server"));
    command.env_clear().arg("--data").arg(data);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn good(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn it_serves_until_it_is_told_to_stop_and_stops_in_good_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = program(folder.path())
        .args(["--listen", "127.0.0.1:0", "--log-format", "json", "serve"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let address = line.trim().strip_prefix("listening on http://").expect("an address").to_owned();
    let mut stream = std::net::TcpStream::connect(&address).expect("connects");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("asks");
    let answer = std::io::read_to_string(stream).expect("answers");
    assert!(answer.starts_with("HTTP/1.1 200") || answer.contains("disk is nearly full"), "{answer}");

    let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill");
    assert!(told.success());
    let deadline = Instant::now() + Duration::from_secs(20);
    let status = loop {
        if let Some(status) = server.try_wait().expect("waits") {
            break status;
        }
        assert!(Instant::now() < deadline, "it does not stop");
        std::thread::sleep(Duration::from_millis(50));
    };
    let log = std::io::read_to_string(server.stderr.take().expect("a pipe")).expect("a log");
    assert!(status.success(), "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("each line of the log is JSON");
        assert!(line["level"].is_string());
    }
    assert!(log.contains("\"stopped\""), "{log}");
}

#[test]
fn help_explains_every_setting_and_a_wrong_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = good(&program(folder.path()).arg("--help").output().expect("runs"));
    for word in
        ["--listen", "HAITANG_LISTEN", "--tls-cert", "--device-per-minute", "backup", "restore", "verify-log", "enrol-code"]
    {
        assert!(help.contains(word), "{word} in\n{help}");
    }
    let file = folder.path().join("haitang.toml");
    std::fs::write(&file, "listne = \"127.0.0.1:1\"\n").expect("writes");
    let wrong = program(folder.path()).arg("--config").arg(&file).output().expect("runs");
    assert!(!wrong.status.success());
    assert!(text(&wrong.stderr).contains("listne"), "{}", text(&wrong.stderr));
    let described = good(&program(folder.path()).arg("openapi").output().expect("runs"));
    let described: serde_json::Value = serde_json::from_str(&described).expect("JSON");
    assert!(described["paths"]["/v1/push"].is_object());
}

#[test]
fn commands_over_data_that_is_not_there_say_so_and_make_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("nowhere");
    for arguments in [&["account", "list"] as &[&str], &["verify-log"], &["enrol-code", "--name", "沈静怡"]] {
        let output = program(&nowhere).args(arguments).output().expect("runs");
        assert!(!output.status.success(), "{arguments:?}");
        assert!(text(&output.stderr).contains("there is no data"), "{}", text(&output.stderr));
    }
    assert!(!nowhere.exists());
    assert!(!program(folder.path()).arg("enrol-code").output().expect("runs").status.success(), "for whom?");
}

#[test]
fn a_copy_made_while_it_serves_comes_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, back) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("back"));
    let mut server =
        program(&data).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let backed = program(&data).arg("backup").arg(&copy).output().expect("runs");
    good(&backed);
    let again = program(&data).arg("backup").arg(&copy).output().expect("runs");
    assert!(text(&again.stderr).contains("not empty"), "{}", text(&again.stderr));
    server.kill().expect("stops");
    server.wait().expect("stopped");
    good(&program(&back).arg("restore").arg(&copy).output().expect("runs"));
    good(&program(&back).arg("verify-log").output().expect("runs"));
    assert!(good(&program(&back).args(["account", "list"]).output().expect("runs")).contains("member"));
    let over = program(&back).arg("restore").arg(&copy).output().expect("runs");
    assert!(!over.status.success(), "it never overwrites data");
    let nothing = program(&folder.path().join("x")).arg("restore").arg(folder.path()).output().expect("runs");
    assert!(text(&nothing.stderr).contains("holds no copy"), "{}", text(&nothing.stderr));
}
