using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport.Ado;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Stages;
using LoyaltyPipeline.SnowflakeSupport.Wire;

namespace LoyaltyPipeline.SnowflakeSupport;

/// <summary>
/// A server that keeps Snowflake's rules over DuckDB, in this process and in memory. It is reached through a provider of ADO.NET that
/// behaves as Snowflake's driver does, and by that driver itself over HTTP on loopback.
/// </summary>
public sealed class SnowflakeServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly SnowflakeEngine _engine;
    private WireServer? _wire;

    /// <summary>Starts a server with one user and one database, with the schema PUBLIC, that the user's sessions begin in.</summary>
    public SnowflakeServer()
    {
        _engine = new SnowflakeEngine(Account);
        _engine.Databases.Create(Database);
        _engine.Users.Add(new SnowflakeUser(User) { Password = Password, DefaultDatabase = Database });
        ProviderFactory = new TestDbProviderFactory(_engine);
    }

    public string Account { get; } = "TESTORG-TESTACCOUNT";

    /// <summary>The database that is there.</summary>
    public string Database { get; } = "ANALYTICS";

    /// <summary>The user that is there.</summary>
    public string User { get; } = "LOADER";

    /// <summary>The password of that user.</summary>
    public string Password { get; } = $"secret-{Guid.NewGuid():N}";

    /// <summary>The provider whose connections reach this server and no other.</summary>
    public DbProviderFactory ProviderFactory { get; }

    /// <summary>The statements that came, in order.</summary>
    public IReadOnlyList<RecordedStatement> Statements => _engine.Statements;

    /// <summary>The number of sessions that are open.</summary>
    public int SessionCount => _engine.Sessions.Count();

    /// <summary>A connection string of the user that is there.</summary>
    /// <param name="schema">The schema to begin in; null for PUBLIC.</param>
    public string ConnectionString(string? schema = null) =>
        $"account={Account};user={User};password={Password};db={Database};schema={schema ?? "PUBLIC"};warehouse=LOADING;role=LOADER";

    /// <summary>Listens on loopback.</summary>
    /// <param name="patience">How long a request waits for its statement before the client is told to ask again; null for 45
    /// seconds.</param>
    /// <returns>The address, to be named in a connection string by <c>host</c>, <c>port</c> and <c>scheme</c>.</returns>
    public async Task<Uri> ListenAsync(TimeSpan? patience = null)
    {
        _wire ??= await WireServer.StartAsync(_engine, patience ?? Patience);
        return _wire.Address;
    }

    public void AddUser(SnowflakeUser user) => _engine.Users.Add(user);

    /// <summary>Lets something go wrong.</summary>
    /// <param name="fault">What, and when.</param>
    public void AddFault(Fault fault) => _engine.Faults.Add(fault);

    /// <summary>Lets a folder stand for an address outside Snowflake, so that an external stage can be there.</summary>
    /// <param name="url">The address, such as <c>s3://bucket/path</c>.</param>
    public void MapExternalLocation(string url, string folder) => _engine.Stages.Map(url, folder);

    /// <summary>Lets a place stand for an address outside Snowflake, so that an external stage can be there.</summary>
    /// <param name="url">The address, such as <c>s3://bucket/path</c>.</param>
    public void MapExternalLocation(string url, IExternalLocation location) => _engine.Stages.Map(url, location);

    /// <summary>Makes a database with the schema PUBLIC.</summary>
    public void CreateDatabase(string name) => _engine.Databases.Create(name.ToUpperInvariant());

    /// <summary>Ends every session and forgets everything.</summary>
    public void Dispose()
    {
        _wire?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine.Dispose();
    }
}
