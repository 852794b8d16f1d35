using System.Collections.Concurrent;
using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Stages;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport;

/// <summary>The server, whatever way it is reached: its databases, sessions and locks.</summary>
internal sealed class SnowflakeEngine : IDisposable
{
    /// <summary>The version that it says it is.</summary>
    public const string Version = "9.22.0";

    private const int MostKeptRows = 1000;

    private readonly DuckDBConnection _anchor = new("DataSource=:memory:");
    private readonly ConcurrentDictionary<long, Session> _sessions = new();
    private readonly List<RecordedStatement> _statements = [];
    private readonly CommitLog _commits = new();
    private long _lastSession = 1000;

    /// <summary>Starts an empty server.</summary>
    public SnowflakeEngine(string account)
    {
        Account = account;
        _anchor.Open();
        // What does not fit into memory would otherwise be spilled into the current folder.
        _anchor.Execute($"SET temp_directory = {DuckDbText.Literal(Path.Combine(Folder, "spill"))}");
        // What is asked of it is small: a second thread would only wait for the first.
        _anchor.Execute("SET threads = 1");
        // NULL is the largest value, as in Snowflake.
        _anchor.Execute("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
        foreach (var statement in Prelude.Sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
            _anchor.Execute(statement);
        var own = _anchor.Duplicate();
        own.Open();
        Databases = new Databases(own);
        Stages = new StageCatalog(Path.Combine(Folder, "stages"));
    }

    public string Account { get; }

    /// <summary>A folder of its own.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("snowflake-server-").FullName;

    /// <summary>The databases and schemas.</summary>
    public Databases Databases { get; }

    /// <summary>The locks on tables.</summary>
    public TableLocks Locks { get; } = new();

    public StageCatalog Stages { get; }

    /// <summary>The masking policies that there are, by their full name.</summary>
    public ConcurrentDictionary<string, bool> MaskingPolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>What goes wrong on purpose.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The results of statements, by id.</summary>
    public ConcurrentDictionary<string, ResultSet> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>What COPY could not load, by the id of the statement.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<LoadError>> LoadErrors { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<SnowflakeUser> Users { get; } = [];

    /// <summary>The statements that came, in order.</summary>
    public IReadOnlyList<RecordedStatement> Statements
    {
        get
        {
            lock (_statements)
                return [.. _statements];
        }
    }

    /// <summary>The sessions that are open.</summary>
    public IEnumerable<Session> Sessions => _sessions.Values;

    /// <summary>Opens a session.</summary>
    /// <param name="login">Who wants it.</param>
    /// <exception cref="SnowflakeError">The login is wrong.</exception>
    public Session Login(LoginRequest login)
    {
        var user = Authentication.Authenticate(login, Account, Users);
        var connection = _anchor.Duplicate();
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        var session = new Session(Interlocked.Increment(ref _lastSession), login with { User = user.Name }, connection, _commits);
        var database = Fold(login.Database ?? user.DefaultDatabase);
        // A database or schema that is not there is no error: the session has none then.
        if (database is not null && Databases.Exists(database))
        {
            var schema = Fold(login.Schema) ?? "PUBLIC";
            session.Database = database;
            session.Schema = Databases.Exists(database, schema) ? schema : null;
        }

        _sessions[session.Id] = session;
        return session;
    }

    /// <summary>Ends a session.</summary>
    public void Logout(Session session)
    {
        if (!_sessions.TryRemove(session.Id, out _))
            return;
        session.Cancel();
        lock (session.Gate)
            session.Dispose();
        Locks.Release(session);
    }

    /// <summary>Notes a statement.</summary>
    public void Record(RecordedStatement statement)
    {
        lock (_statements)
            _statements.Add(statement);
    }

    /// <summary>Keeps a result for RESULT_SCAN. Only small ones are kept: the server shares the memory of the tests.</summary>
    /// <param name="queryId">The statement's id.</param>
    public void Keep(string queryId, ResultSet result)
    {
        if (result.Rows.Count <= MostKeptRows)
            Results[queryId] = result;
    }

    /// <summary>Stops the server.</summary>
    public void Dispose()
    {
        foreach (var session in Sessions.ToList())
            Logout(session);
        Databases.Dispose();
        _anchor.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string? Fold(string? name) =>
        string.IsNullOrEmpty(name) ? null : name.StartsWith('"') ? name.Trim('"') : name.ToUpperInvariant();
}
