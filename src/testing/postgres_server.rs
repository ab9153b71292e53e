//! A PostgreSQL server for tests: made in a temporary folder, reached over a
//! unix socket, and gone when the process of the tests ends, however it ends.
//! Knows nothing of desk; both the unit tests and those of the whole program
//! include it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal};

/// The engines that must run, separated by commas; without it, those whose
/// programs are on the machine.
const ENGINES_VARIABLE: &str = "DESK_TEST_ENGINES";

/// The programs that the tests run.
const PROGRAMS: [&str; 6] = [
    "initdb",
    "pg_basebackup",
    "pg_ctl",
    "pg_dump",
    "postgres",
    "psql",
];

/// The folder in memory, and how much must be free there.
const MEMORY: (&str, u64) = ("/dev/shm", 2 << 30);

/// Makes and starts a server, then reads notes from the pipe of its parent,
/// which ends with the parent, and says them.
const LIFE: &str = r#"
bin=$1 place=$2
shift 2
dir=$place/desk-postgres-$$
mkdir -m 755 "$dir" && cd "$dir" || exit 1
end() {
  for pid in "$dir"/*/postmaster.pid; do
    "$bin/pg_ctl" -D "${pid%/*}" -m immediate stop >/dev/null 2>&1
  done
  cd / && rm -rf "$dir"
}
{
  "$bin/initdb" -D "$dir/data" -U postgres -A trust -N -E UTF8 --locale=C --no-instructions &&
    {
      echo "listen_addresses = ''"
      echo "unix_socket_directories = '$dir'"
      echo "max_connections = 200"
      echo "shared_buffers = 64MB"
      echo "max_wal_size = 256MB"
      echo "dynamic_shared_memory_type = mmap"
      for setting; do echo "$setting"; done
    } >> "$dir/data/postgresql.conf" &&
    "$bin/pg_ctl" -w -t 120 -D "$dir/data" -l "$dir/server.log" start &&
    "$bin/psql" -X -q -h "$dir" -U postgres -c 'CREATE ROLE desk LOGIN'
} > "$dir/setup.log" 2>&1 || {
  cat "$dir/setup.log" "$dir/server.log"
  end
  exit 1
}
echo "ready $dir"
cat > "$dir/notes"
sort -u "$dir/notes" >&2
end
"#;

/// A server, and the shell that ends it.
pub(crate) struct PostgresServer {
    /// Where the programs are.
    programs: PathBuf,
    /// Its folder, with the socket.
    folder: PathBuf,
    databases: AtomicU32,
    life: Child,
}

/// The server that the tests of this process share, started at its first use;
/// or why PostgreSQL is not run.
///
/// # Panics
/// If it must run and cannot.
pub(crate) fn shared() -> Result<&'static PostgresServer, &'static str> {
    static SERVER: OnceLock<Result<PostgresServer, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match wanted() {
        Wanted::No => Err(format!("{ENGINES_VARIABLE} does not name it")),
        Wanted::Yes => Ok(PostgresServer::start(&[]).unwrap_or_else(|why| panic!("{why}"))),
        Wanted::IfInstalled => installed().map(|_| PostgresServer::start(&[]).unwrap()),
    });
    server.as_ref().map_err(String::as_str)
}

enum Wanted {
    Yes,
    No,
    IfInstalled,
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests says what they must run on"
)]
fn wanted() -> Wanted {
    match std::env::var(ENGINES_VARIABLE) {
        Ok(names) if names.split(',').any(|name| name.trim() == "postgres") => Wanted::Yes,
        Ok(_) => Wanted::No,
        Err(_) => Wanted::IfInstalled,
    }
}

/// The folder with the programs of the newest PostgreSQL on this machine.
fn installed() -> Result<PathBuf, String> {
    let mut folders = Vec::new();
    if let Ok(said) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&said.stdout).trim()));
    }
    for place in ["/usr/lib/postgresql", "/usr/local/lib/postgresql"] {
        let versions = fs::read_dir(place).into_iter().flatten().flatten();
        folders.extend(versions.map(|version| version.path().join("bin")));
    }
    folders.retain(|folder| PROGRAMS.iter().all(|name| folder.join(name).is_file()));
    folders
        .into_iter()
        .max_by_key(|folder| version_of(folder))
        .ok_or_else(|| format!("these programs are not installed: {}", PROGRAMS.join(", ")))
}

/// The version of the programs in a folder, as numbers.
fn version_of(programs: &Path) -> Vec<u32> {
    let said = Command::new(programs.join("postgres"))
        .arg("--version")
        .output();
    let said = said.map(|said| said.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let version = said.split_whitespace().nth(2).unwrap_or_default();
    version
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect()
}

/// A command as the user that a server may belong to: servers refuse root.
pub(crate) fn as_ordinary_user(program: &Path) -> Command {
    if !rustix::process::getuid().is_root() {
        return Command::new(program);
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let user = ["postgres", "nobody"]
        .iter()
        .find_map(|name| {
            users
                .lines()
                .find(|line| line.split(':').next() == Some(name))
        })
        .expect("every system has a user 'nobody'");
    let fields: Vec<&str> = user.split(':').collect();
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--reuid={}", fields[2]))
        .arg(format!("--regid={}", fields[3]))
        .arg("--clear-groups")
        .arg(program);
    command
}

/// Where the folder of a server is made.
fn place() -> PathBuf {
    let free = rustix::fs::statvfs(MEMORY.0).map(|about| about.f_bavail * about.f_frsize);
    match free {
        Ok(free) if free >= MEMORY.1 => PathBuf::from(MEMORY.0),
        _ => std::env::temp_dir(),
    }
}

impl PostgresServer {
    /// Starts another server, with these lines in its configuration.
    ///
    /// # Errors
    /// If the programs are missing, or what they said when they failed.
    pub(crate) fn start(settings: &[&str]) -> Result<Self, String> {
        Self::start_by(as_ordinary_user(Path::new("sh")), settings)
    }

    /// As [`Self::start`], with another file system in a folder, which only the
    /// server sees: it is full at this size. For root.
    ///
    /// # Errors
    /// As of [`Self::start`].
    pub(crate) fn with_small_disk(folder: &Path, size: &str) -> Result<Self, String> {
        let shell = as_ordinary_user(Path::new("sh"));
        let mount = "mount -t tmpfs -o size=$1,mode=777 none \"$2\" && shift 2 && exec \"$@\"";
        let mut life = Command::new("unshare");
        life.args(["-m", "sh", "-c", mount, "sh", size])
            .arg(folder)
            .arg(shell.get_program())
            .args(shell.get_args());
        Self::start_by(life, &[])
    }

    fn start_by(mut life: Command, settings: &[&str]) -> Result<Self, String> {
        let programs = installed()?;
        life.args(["-c", LIFE, "sh"])
            .arg(&programs)
            .arg(place())
            .args(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        // What is typed at the terminal to end the tests is not for the shell.
        std::os::unix::process::CommandExt::process_group(&mut life, 0);
        let mut life = life
            .spawn()
            .map_err(|why| format!("PostgreSQL cannot be started: {why}"))?;
        let mut said = BufReader::new(life.stdout.take().expect("it is piped"));
        let mut first = String::new();
        said.read_line(&mut first).map_err(|why| why.to_string())?;
        let Some(folder) = first.trim_end().strip_prefix("ready ") else {
            let _ = said.read_to_string(&mut first);
            let _ = life.wait();
            return Err(format!("PostgreSQL cannot be started: {first}"));
        };
        Ok(Self {
            programs,
            folder: PathBuf::from(folder),
            databases: AtomicU32::new(0),
            life,
        })
    }

    /// Its folder, with the socket and the data.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its version, as in `15.14`.
    pub(crate) fn version(&self) -> String {
        let parts: Vec<String> = version_of(&self.programs)
            .iter()
            .map(u32::to_string)
            .collect();
        parts.join(".")
    }

    /// The URL of a database for a login.
    pub(crate) fn url(&self, login: &str, database: &str) -> String {
        let host = self.folder.display();
        format!("postgres://{login}@/{database}?host={host}")
    }

    /// A new database that belongs to the login `desk`; with a template, a
    /// copy of that database.
    pub(crate) fn database(&self, template: Option<&Database<'_>>) -> Database<'_> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("desk{number}");
        let template = template.map_or("template1", |template| &template.name);
        let made = format!("CREATE DATABASE {name} TEMPLATE {template} OWNER desk");
        self.sql("postgres", &made);
        Database { server: self, name }
    }

    /// Runs statements as the superuser, and returns the rows: a line for
    /// each, with `|` between its values.
    ///
    /// # Panics
    /// If one fails.
    #[track_caller]
    pub(crate) fn sql(&self, database: &str, statements: &str) -> String {
        self.try_sql(database, statements)
            .unwrap_or_else(|failed| panic!("{statements}: {failed}"))
    }

    /// As [`Self::sql`], with what the server said when it refused.
    pub(crate) fn try_sql(&self, database: &str, statements: &str) -> Result<String, String> {
        output(self.psql(database).args(["-c", statements]))
    }

    /// A session as the superuser, quiet and with bare rows, that ends at the
    /// first error.
    pub(crate) fn psql(&self, database: &str) -> Command {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
            .args(["-U", "postgres", "-d", database, "-h"])
            .arg(&self.folder)
            .env_clear()
            .stdin(Stdio::null());
        psql
    }

    /// Kills every process of the server at once.
    pub(crate) fn kill(&self) {
        let pid = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let first = Pid::from_raw(pid.lines().next().unwrap().parse().unwrap()).unwrap();
        // It makes no more processes while the others are looked for.
        rustix::process::kill_process(first, Signal::STOP).unwrap();
        for pid in children(first).into_iter().chain([first]) {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
        while Path::new("/proc")
            .join(pid.lines().next().unwrap())
            .exists()
        {
            std::thread::yield_now();
        }
    }

    /// Starts it again after [`Self::kill`].
    pub(crate) fn start_again(&self) {
        self.start_data("data");
    }

    fn start_data(&self, data: &str) {
        let mut start = as_ordinary_user(&self.programs.join("pg_ctl"));
        start
            .args(["-w", "-t", "120", "-D"])
            .arg(self.folder.join(data))
            .arg("-l")
            .arg(self.folder.join(format!("{data}.log")))
            .arg("start")
            .stdout(Stdio::null());
        assert!(start.status().unwrap().success());
    }

    /// Makes a server that follows this one, at another port, and returns the
    /// URL of a database there.
    pub(crate) fn standby(&self, port: &str, database: &str) -> String {
        let data = self.folder.join("standby");
        let mut copy = as_ordinary_user(&self.programs.join("pg_basebackup"));
        copy.args(["-U", "postgres", "-R", "-X", "stream", "-c", "fast", "-h"])
            .arg(&self.folder)
            .arg("-D")
            .arg(&data);
        output(&mut copy).unwrap_or_else(|why| panic!("{why}"));
        let mut settings = fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .unwrap();
        writeln!(settings, "port = {port}").unwrap();
        self.start_data("standby");
        format!("{}&port={port}", self.url("desk", database))
    }

    /// Says a line at the end of the run, once.
    pub(crate) fn note(&self, line: &str) {
        let mut pipe = self.life.stdin.as_ref().expect("it is piped");
        // One write, so that no other thread writes in between.
        let _ = pipe.write_all(format!("{line}\n").as_bytes());
    }
}

/// The processes that another one has started.
fn children(of: Pid) -> Vec<Pid> {
    let all = fs::read_dir("/proc").unwrap().flatten();
    all.filter_map(|entry| {
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // After the name, which may have blanks: the state, and the parent.
        let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?;
        let is_child = parent.parse() == Ok(of.as_raw_nonzero().get());
        is_child.then(|| Pid::from_raw(pid))?
    })
    .collect()
}

/// A session of psql that stays open.
pub(crate) struct Session(Child);

impl Session {
    /// Runs statements, the last of which returns a row.
    pub(crate) fn run(&mut self, statements: &str) -> String {
        let input = self.0.stdin.as_mut().expect("it is piped");
        writeln!(input, "{statements}").unwrap();
        let output = self.0.stdout.as_mut().expect("it is piped");
        let mut line = String::new();
        // One byte at a time, so that nothing is read that comes later.
        BufReader::with_capacity(1, output)
            .read_line(&mut line)
            .unwrap();
        assert_ne!(line, "", "psql ended: {statements}");
        line
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // At the end of its input it ends, and closes its connection.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// What a command printed, or what it said when it failed.
fn output(command: &mut Command) -> Result<String, String> {
    let said = command.output().map_err(|why| why.to_string())?;
    match said.status.success() {
        true => Ok(String::from_utf8_lossy(&said.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&said.stderr).into_owned()),
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        drop(self.life.stdin.take());
        let _ = self.life.wait();
    }
}

/// A database of a test, which is dropped with it.
pub(crate) struct Database<'a> {
    server: &'a PostgresServer,
    pub(crate) name: String,
}

impl Database<'_> {
    /// Its URL for the login that owns it.
    pub(crate) fn url(&self) -> String {
        self.server.url("desk", &self.name)
    }

    /// Runs statements in it as [`PostgresServer::sql`] does.
    #[track_caller]
    pub(crate) fn sql(&self, statements: &str) -> String {
        self.server.sql(&self.name, statements)
    }

    /// A run of psql in it.
    pub(crate) fn psql(&self) -> Command {
        self.server.psql(&self.name)
    }

    /// A session in it that stays open.
    pub(crate) fn session(&self) -> Session {
        let mut psql = self.server.psql(&self.name);
        psql.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut session = Session(psql.spawn().unwrap());
        session.run("SELECT 1;");
        session
    }

    /// A copy of it as it is now.
    pub(crate) fn copied(&self) -> Self {
        self.server.database(Some(self))
    }

    /// All that it holds, as statements.
    pub(crate) fn dump(&self) -> Vec<u8> {
        let mut dump = Command::new(self.server.programs.join("pg_dump"));
        dump.args(["-U", "postgres", "-d", &self.name, "-h"])
            .arg(&self.server.folder)
            .env_clear();
        let dump = output(&mut dump).unwrap_or_else(|why| panic!("{why}"));
        // Newer versions write a random key, which tells nothing.
        let key = |line: &&str| line.starts_with("\\restrict") || line.starts_with("\\unrestrict");
        let lines: Vec<&str> = dump.lines().filter(|line| !key(line)).collect();
        lines.join("\n").into_bytes()
    }

    /// The rows of a query, value by value, or what the server said when it
    /// refused.
    pub(crate) fn rows(&self, query: &str) -> Result<Vec<Vec<String>>, String> {
        // No text has these between its values and rows.
        let (value, row) = ("\u{1f}", "\u{1e}");
        let said = output(
            self.server
                .psql(&self.name)
                .args(["-F", value, "-R", row, "-c", query]),
        )?;
        let said = said.strip_suffix('\n').unwrap_or(&said);
        let rows = said.split(row).filter(|_| !said.is_empty());
        let rows = rows.map(|row| row.split(value).map(str::to_owned).collect());
        Ok(rows.collect())
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A server that a test has killed has no database any more.
        let _ = self.server.try_sql("postgres", &drop);
    }
}
