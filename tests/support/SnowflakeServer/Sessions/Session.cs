using System.Globalization;
using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>A session of a client: its current database and schema, parameters, temporary tables and transaction.</summary>
internal sealed class Session : INameScope, ISessionFacts, IDisposable
{
    private readonly HashSet<ObjectName> _temporary = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Opens a session.</summary>
    /// <param name="login">Who it belongs to, and where it begins.</param>
    /// <param name="connection">Its connection to DuckDB, which the session disposes of.</param>
    /// <param name="commits">What sessions have committed.</param>
    public Session(long id, LoginRequest login, DuckDBConnection connection, CommitLog commits)
    {
        Id = id;
        Account = login.Account.ToUpperInvariant();
        User = login.User.ToUpperInvariant();
        Role = login.Role?.ToUpperInvariant();
        Warehouse = login.Warehouse?.ToUpperInvariant();
        Connection = connection;
        Transaction = new SessionTransaction(connection, commits);
        connection.Execute($"SET VARIABLE sf_session = '{TemporaryPrefix}'");
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    public string Account { get; }

    /// <summary>Whose it is.</summary>
    public string User { get; }

    /// <summary>The role in use; null where there is none.</summary>
    public string? Role { get; set; }

    /// <summary>The virtual warehouse in use; null where there is none.</summary>
    public string? Warehouse { get; set; }

    /// <summary>The current database; null where there is none.</summary>
    public string? Database { get; set; }

    /// <summary>The current schema; null where there is none.</summary>
    public string? Schema { get; set; }

    /// <summary>What ALTER SESSION sets.</summary>
    public SessionParameters Parameters { get; } = new();

    /// <summary>Its connection to DuckDB.</summary>
    public DuckDBConnection Connection { get; }

    public SessionTransaction Transaction { get; }

    /// <summary>The number of its transaction.</summary>
    public long TransactionId => Transaction.Id;

    /// <summary>The statements that it has run, by id, the newest last.</summary>
    public List<string> QueryIds { get; } = [];

    /// <summary>The last statement that it ran.</summary>
    public string? LastQueryId => QueryIds.LastOrDefault();

    /// <summary>Whether the server has ended it. The client finds out with its next statement.</summary>
    public bool IsOver { get; set; }

    /// <summary>Held while a statement runs: a session runs one at a time.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Cancelled when the session ends: a statement that still runs ends with it.</summary>
    public CancellationToken Ending => _ending.Token;

    private string TemporaryPrefix => $"~{Id}.";

    /// <inheritdoc/>
    public ObjectName Resolve(IReadOnlyList<string> parts) => parts.Count switch
    {
        1 when Database is not null && Schema is not null => new ObjectName(Database, Schema, parts[0]),
        1 when Database is not null => throw new SnowflakeError(
            "090106", "22000",
            "Cannot perform operation. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name."),
        2 when Database is not null => new ObjectName(Database, parts[0], parts[1]),
        1 or 2 => throw new SnowflakeError(
            "090105", "22000",
            "Cannot perform operation. This session does not have a current database. Call 'USE DATABASE', or use a qualified name."),
        3 => new ObjectName(parts[0], parts[1], parts[2]),
        _ => throw SnowflakeError.NoObject("Object", string.Join('.', parts)),
    };

    /// <inheritdoc/>
    public string DuckDbSchemaOf(ObjectName name) => IsTemporary(name) ? TemporarySchemaOf(name) : name.DuckDbSchema;

    /// <summary>Whether a name means a temporary table of the session.</summary>
    public bool IsTemporary(ObjectName name) => _temporary.Contains(name);

    /// <summary>The schema that DuckDB has the session's temporary tables of a schema in.</summary>
    public string TemporarySchemaOf(ObjectName name) => TemporaryPrefix + name.DuckDbSchema;

    /// <summary>Notes a temporary table.</summary>
    public void AddTemporary(ObjectName name) => _temporary.Add(name);

    /// <summary>Forgets a temporary table.</summary>
    public void RemoveTemporary(ObjectName name) => _temporary.Remove(name);

    /// <summary>Sets a session variable.</summary>
    /// <param name="name">The variable, in upper case.</param>
    /// <param name="literal">Its value as DuckDB writes it; null to unset it.</param>
    public void SetVariable(string name, string? literal)
    {
        if (literal is null)
            _variables.Remove(name);
        else
            _variables[name] = literal;
    }

    /// <inheritdoc/>
    public string Variable(string name) => _variables.TryGetValue(name.ToUpperInvariant(), out var literal)
        ? literal
        : throw new SnowflakeError(
            "002211", "02000", $"SQL compilation error:\nSession variable '${name.ToUpperInvariant()}' does not exist");

    /// <inheritdoc/>
    public bool TryGetFact(string function, string? argument, out string? value)
    {
        (var isKnown, value) = function switch
        {
            "CURRENT_DATABASE" => (true, Database),
            "CURRENT_SCHEMA" => (true, Schema),
            "CURRENT_USER" => (true, User),
            "CURRENT_ROLE" => (true, Role),
            "CURRENT_WAREHOUSE" => (true, Warehouse),
            "CURRENT_ACCOUNT" => (true, Account),
            "CURRENT_SESSION" => (true, Id.ToString(CultureInfo.InvariantCulture)),
            "CURRENT_VERSION" => (true, SnowflakeEngine.Version),
            "CURRENT_REGION" => (true, "LOOPBACK"),
            "CURRENT_TRANSACTION" => (true, Transaction.IsOpen ? TransactionId.ToString(CultureInfo.InvariantCulture) : null),
            "LAST_QUERY_ID" => (true, QueryId(argument is null ? -1 : int.Parse(argument, CultureInfo.InvariantCulture))),
            _ => (false, null),
        };
        return isKnown;
    }

    /// <summary>Ends the statement that still runs.</summary>
    public void Cancel() => _ending.Cancel();

    /// <summary>Ends the session: what it has not committed is undone, its temporary tables go.</summary>
    public void Dispose()
    {
        IsOver = true;
        Transaction.Rollback();
        foreach (var schema in _temporary.Select(TemporarySchemaOf).Distinct(StringComparer.Ordinal))
            Connection.Execute($"DROP SCHEMA IF EXISTS {DuckDbText.Name(schema)} CASCADE");
        Connection.Dispose();
        _ending.Dispose();
    }

    private string? QueryId(int number) =>
        number < 0 ? QueryIds.ElementAtOrDefault(QueryIds.Count + number) : QueryIds.ElementAtOrDefault(number - 1);
}
