using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>Turns the driver's failures into errors of the catalogue, without secrets.</summary>
/// <param name="connection">What the driver was told.</param>
internal sealed partial class SnowflakeErrors(SnowflakeConnection connection)
{
    /// <summary>A session could not be opened.</summary>
    public Exception OfOpening(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The connection was cancelled.", Shown(exception), cancellationToken);
        var failure = new SnowflakeFailure(exception);
        var reason = $"{connection.Location} cannot be opened: {Message(exception)}{failure}";
        return failure.IsLoginDenied
            ? LoyaltyErrors.WarehouseLoginDenied.Because(reason, connection.Location, cause: Shown(exception))
            : LoyaltyErrors.WarehouseUnavailable.Because(
                reason, connection.Location, "Check the account's name, the network and any proxy, then run again.", Shown(exception));
    }

    /// <summary>A statement failed.</summary>
    public Exception OfStatement(Exception exception, CancellationToken cancellationToken)
    {
        var failure = new SnowflakeFailure(exception);
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The statement was cancelled.", Shown(exception), cancellationToken);
        if (failure.IsSessionLost || failure.IsConnectionLost)
            return LoyaltyErrors.WarehouseSessionLost.Because(
                $"The session with {connection.Location} ended: {Message(exception)}{failure}", connection.Location,
                cause: Shown(exception));
        if (failure.IsCancelled)
            return LoyaltyErrors.QueryCancelled.Because(
                $"Somebody cancelled a statement in Snowflake: {Message(exception)}{failure}", cause: Shown(exception));
        if (failure.IsTimedOut)
            return LoyaltyErrors.QueryCancelled.Because(
                $"Snowflake ended a statement: {Message(exception)}{failure}",
                remedy: "Take a larger virtual warehouse, or let statements take longer there (STATEMENT_TIMEOUT_IN_SECONDS); then run again: nothing was changed.", cause: Shown(exception));
        // What kind of error it is stands apart from the message, which may show a value.
        var reason = $"Snowflake refused a statement: error {failure.Code:000000}: {Message(exception)}{failure}";
        if (failure.IsLocked)
            return LoyaltyErrors.WarehouseBusy.Because(
                reason, connection.Location,
                "Look with SHOW LOCKS IN ACCOUNT for the transaction that holds the table, and wait for it or abort it.", Shown(exception));
        if (failure.IsWithoutCompute)
            return LoyaltyErrors.WarehouseUnavailable.Because(
                reason, connection.Location,
                "Name a virtual warehouse that the role may use with -VirtualWarehouse, and let it resume by itself: ALTER WAREHOUSE … SET AUTO_RESUME = TRUE.", Shown(exception));
        return LoyaltyErrors.QueryFailed.Because(reason, cause: Shown(exception));
    }

    /// <summary>What Snowflake says of a query that a user wrote, and where.</summary>
    /// <param name="message">That of <c>QueryFailed</c>.</param>
    public static StatementException OfQuery(string message)
    {
        var place = Place().Match(message);
        var reason = ValueShown.HideAll(Place().Replace(message, string.Empty));
        return place.Success
            ? new StatementException(reason, Number("line"), Number("position") + 1)
            : new StatementException(reason, line: null, column: null);

        int Number(string group) => int.Parse(place.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    private string Message(Exception exception) => ValueShown.Hide(connection.Conceal(exception.Message).Trim());

    // An exception goes into error records with all that it says.
    private Exception? Shown(Exception exception) =>
        connection.Betrays(exception.ToString()) || ValueShown.IsIn(exception.Message) ? null : exception;

    // It counts places from 0.
    [GeneratedRegex(
        @"\s*(syntax )?error line (?<line>\d+) at position (?<position>\d+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
