using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>
/// An error of the server or of the provider, with its details where Snowflake's driver has them: SqlState hides that of the base class,
/// which stays null.
/// </summary>
public sealed class TestDbException : DbException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="queryId">The statement; null where none was run.</param>
    /// <param name="cause">What it comes from.</param>
    internal TestDbException(string? sqlState, int errorCode, string message, string? queryId = null, Exception? cause = null)
        : base($"Error: {message} SqlState: {sqlState}, VendorCode: {errorCode}, QueryId: {queryId}", cause)
    {
        SqlState = sqlState;
        ErrorCode = errorCode;
        QueryId = queryId;
    }

    /// <summary>Its SQLSTATE; null where it has none.</summary>
    public new string? SqlState { get; }

    public override int ErrorCode { get; }

    /// <summary>The statement that failed; null where none was run.</summary>
    public string? QueryId { get; }

    /// <summary>An error of the server.</summary>
    internal static TestDbException Of(SnowflakeError error) =>
        new(error.SqlState, int.Parse(error.Code, System.Globalization.CultureInfo.InvariantCulture), error.Message, error.QueryId, error);

    /// <summary>An error of the server while a session is opened, for which the driver has a SQLSTATE of its own.</summary>
    internal static TestDbException OfLogin(SnowflakeError error) =>
        new("08006", int.Parse(error.Code, System.Globalization.CultureInfo.InvariantCulture), error.Message, cause: error);

    /// <summary>Something that the driver does not do.</summary>
    internal static TestDbException Unsupported(string what) => new(null, 270009, $"Snowflake does not support this feature: {what}.");
}
