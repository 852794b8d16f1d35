using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>The parameters of a session, as ALTER SESSION sets them.</summary>
internal sealed class SessionParameters
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["ABORT_DETACHED_QUERY"] = "false",
        ["AUTOCOMMIT"] = "true",
        ["CLIENT_SESSION_KEEP_ALIVE"] = "false",
        ["CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY"] = "3600",
        ["CLIENT_STAGE_ARRAY_BINDING_THRESHOLD"] = "0",
        ["DATE_OUTPUT_FORMAT"] = "YYYY-MM-DD",
        ["ERROR_ON_NONDETERMINISTIC_MERGE"] = "true",
        ["ERROR_ON_NONDETERMINISTIC_UPDATE"] = "false",
        ["LOCK_TIMEOUT"] = "43200",
        ["MULTI_STATEMENT_COUNT"] = "1",
        ["QUERY_TAG"] = "",
        ["STATEMENT_QUEUED_TIMEOUT_IN_SECONDS"] = "0",
        ["STATEMENT_TIMEOUT_IN_SECONDS"] = "172800",
        ["TIMESTAMP_NTZ_OUTPUT_FORMAT"] = "YYYY-MM-DD HH24:MI:SS.FF3",
        ["TIMESTAMP_OUTPUT_FORMAT"] = "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
        ["TIMESTAMP_TYPE_MAPPING"] = "TIMESTAMP_NTZ",
        ["TIMEZONE"] = "UTC",
        ["TIME_OUTPUT_FORMAT"] = "HH24:MI:SS",
        ["TRANSACTION_ABORT_ON_ERROR"] = "false",
        ["USE_CACHED_RESULT"] = "true",
        ["WEEK_START"] = "0",
    };

    private readonly Dictionary<string, string> _values = new(Defaults, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>How long a statement may run, in seconds; 0 for as long as it takes.</summary>
    public int StatementTimeout => Number("STATEMENT_TIMEOUT_IN_SECONDS");

    /// <summary>How long a statement waits for a table, in seconds.</summary>
    public int LockTimeout => Number("LOCK_TIMEOUT");

    /// <summary>The value of one.</summary>
    /// <param name="name">Its name, in upper case.</param>
    public string this[string name] => _values[name];

    /// <summary>Whether one is on.</summary>
    /// <param name="name">Its name, in upper case.</param>
    public bool IsOn(string name) => _values[name].Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sets one.</summary>
    /// <param name="name">Its name, in upper case.</param>
    /// <param name="value">Its value; null for its default.</param>
    /// <exception cref="SnowflakeError">There is no such parameter.</exception>
    public void Set(string name, string? value)
    {
        if (!Defaults.TryGetValue(name, out var initial))
            throw new SnowflakeError("002211", "02000", $"SQL compilation error:\ninvalid parameter '{name}'");
        _values[name] = value ?? initial;
    }

    private int Number(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);
}
