namespace LoyaltyPipeline.SnowflakeSupport.Errors;

/// <summary>An error as Snowflake answers it.</summary>
internal sealed class SnowflakeError : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">Its code, six digits.</param>
    /// <param name="message">What the client is told.</param>
    /// <param name="cause">What DuckDB said; null where Snowflake's own rule was broken.</param>
    public SnowflakeError(string code, string sqlState, string message, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        SqlState = sqlState;
    }

    /// <summary>Its code, six digits.</summary>
    public string Code { get; }

    /// <summary>Its SQLSTATE.</summary>
    public string SqlState { get; }

    /// <summary>The statement that failed; null where none was run.</summary>
    public string? QueryId { get; internal set; }

    /// <summary>The text cannot be read.</summary>
    internal static SnowflakeError Syntax(string detail) => new("001003", "42000", $"SQL compilation error:\n{detail}");

    /// <summary>A token is where none of its kind may be.</summary>
    internal static SnowflakeError Unexpected(Translation.Token token) =>
        Syntax($"syntax error line {token.Line} at position {token.Column} unexpected '{token.Value}'.");

    /// <summary>The statement ends too early.</summary>
    internal static SnowflakeError UnexpectedEnd() => Syntax("syntax error: unexpected '<EOF>'.");

    /// <summary>A function is not there.</summary>
    internal static SnowflakeError UnknownFunction(string name) =>
        new("002140", "42601", $"SQL compilation error:\nUnknown function {name}");

    /// <summary>A type is not there.</summary>
    internal static SnowflakeError UnsupportedType(string name) =>
        new("002040", "42601", $"SQL compilation error:\nUnsupported data type '{name}'.");

    /// <summary>An object is not there, or the role may not see it.</summary>
    internal static SnowflakeError NoObject(string kind, string name, Exception? cause = null) => new(
        "002003", kind is "Object" or "Table" or "View" ? "42S02" : "02000",
        $"SQL compilation error:\n{kind} '{name}' does not exist or not authorized.", cause);

    /// <summary>An object is there already.</summary>
    internal static SnowflakeError AlreadyExists(string name, Exception? cause = null) =>
        new("002002", "42710", $"SQL compilation error:\nObject '{name}' already exists.", cause);

    /// <summary>The statement was cancelled.</summary>
    internal static SnowflakeError Cancelled() => new("000604", "57014", "SQL execution canceled");

    /// <summary>The statement took longer than it may.</summary>
    internal static SnowflakeError StatementTimeout(int seconds) =>
        new("000630", "57014", $"Statement reached its statement or warehouse timeout of {seconds} second(s) and was canceled.");

    /// <summary>Two source rows meet one target row.</summary>
    internal static SnowflakeError DuplicateRow(string values) =>
        new("100090", "42P18", $"Duplicate row detected during DML action\nRow Values: [{values}]");

    /// <summary>The session is over.</summary>
    internal static SnowflakeError SessionExpired() => new("390112", "08001", "Your session has expired. Please login again.");

    /// <summary>The session does not exist any more.</summary>
    internal static SnowflakeError SessionGone() =>
        new("390111", "08001", "Session no longer exists.  New login required to access the service.");

    /// <summary>The user or the secret is wrong.</summary>
    internal static SnowflakeError BadLogin() => new("390100", "08001", "Incorrect username or password was specified.");
}
