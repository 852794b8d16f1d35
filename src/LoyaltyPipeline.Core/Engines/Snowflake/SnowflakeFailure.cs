using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>
/// What a failure of the driver says. The driver hides some of it behind members of its own class, so these are looked up by name.
/// </summary>
internal sealed class SnowflakeFailure
{
    private static readonly int[] SessionCodes = [390110, 390111, 390112, 390114, 390115, 390195];

    private readonly Exception _exception;

    /// <summary>Reads a failure.</summary>
    public SnowflakeFailure(Exception exception)
    {
        _exception = exception;
        Code = Member<int?>("ErrorCode") ?? 0;
        SqlState = Member<string>("SqlState");
        QueryId = Member<string>("QueryId");
    }

    /// <summary>Snowflake's number of the error; 0 where it has none.</summary>
    public int Code { get; }

    /// <summary>The SQLSTATE.</summary>
    public string? SqlState { get; }

    /// <summary>The statement.</summary>
    public string? QueryId { get; }

    /// <summary>Whether somebody cancelled the statement.</summary>
    public bool IsCancelled => Code == 604;

    /// <summary>Whether the statement took longer than the session, or the virtual warehouse, lets it.</summary>
    public bool IsTimedOut => Code == 630;

    /// <summary>Whether the session is over.</summary>
    public bool IsSessionLost => SessionCodes.Contains(Code);

    /// <summary>Whether the login was refused.</summary>
    public bool IsLoginDenied => Code is (>= 390100 and < 390600 or 394300 or 394304 or 394400) && !IsSessionLost;

    /// <summary>Whether no answer came, so that it is not known what became of the statement.</summary>
    public bool IsConnectionLost =>
        !IsSessionLost && !IsLoginDenied
            && (Causes().Any(cause => cause is HttpRequestException or SocketException or IOException or TimeoutException)
                || SqlState?.StartsWith("08", StringComparison.Ordinal) == true);

    /// <summary>Whether another transaction holds what the statement needs.</summary>
    public bool IsLocked => Code is 625 or 635 or 640;

    /// <summary>Whether the virtual warehouse is missing or does not work.</summary>
    public bool IsWithoutCompute => Code is 606 or 607 or 608 or 609 or 610;

    /// <summary>Code, SQLSTATE and query id, as far as they are known, to be put behind a message.</summary>
    /// <returns>For example <c> (002003, SQLSTATE 42S02, query 01a2…)</c>.</returns>
    public override string ToString()
    {
        string?[] facts = [Code == 0 ? null : Code.ToString("000000", CultureInfo.InvariantCulture),
            SqlState is null ? null : $"SQLSTATE {SqlState}", QueryId is null ? null : $"query {QueryId}"];
        var known = facts.OfType<string>().ToList();
        return known.Count == 0 ? string.Empty : $" ({string.Join(", ", known)})";
    }

    private IEnumerable<Exception> Causes()
    {
        for (var cause = _exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private T? Member<T>(string name)
    {
        // The innermost: the driver puts what the server said of a login into an exception of its own, with a number of its own.
        foreach (var cause in Causes().OfType<DbException>().Reverse())
        {
            for (var type = cause.GetType(); type is not null && type != typeof(DbException); type = type.BaseType)
            {
                if (type.GetProperty(
                    name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)?.GetValue(cause) is T value)
                    return value;
            }
        }

        return default;
    }
}
