using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Warehouses.DuckDb;

/// <summary>Turns the engine's failures into errors of the catalogue.</summary>
internal static class DuckDbErrors
{
    public static LoyaltyException OfOpening(string location, DuckDBException exception)
    {
        if (!IsBusy(exception.Message))
            return LoyaltyErrors.WarehouseUnavailable.Because($"The warehouse file {location} cannot be opened: {FirstLine(exception)}", location, cause: exception);
        if (FileHolder.Find(exception.Message) is not { } holder)
            return LoyaltyErrors.WarehouseBusy.Because($"The warehouse file {location} is in use: {FirstLine(exception)}", location, cause: exception);
        return RunNotice.Read(location) is { } run && holder.Runs(run)
            ? LoyaltyErrors.RunLocked.Because($"The warehouse {location} is being written by {run}.", run, cause: exception)
            : LoyaltyErrors.WarehouseBusy.Because($"The warehouse file {location} is open in {holder}.", location, holder.Remedy, exception);
    }

    public static Exception OfStatement(DuckDBException exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The statement was cancelled.", exception, cancellationToken);
        if (IsBusy(exception.Message) && FileHolder.Find(exception.Message) is { } holder)
            return LoyaltyErrors.WarehouseBusy.Because($"It is open in {holder}.", remedy: holder.Remedy, cause: exception);
        return LoyaltyErrors.QueryFailed.Because($"DuckDB refused a statement: {exception.Message}", cause: exception);
    }

    /// <summary>What the engine says of a file that it was given to read, without the statement, which the user has not written.</summary>
    /// <param name="exception">The failure.</param>
    public static string ReasonOf(Exception exception) => exception.InnerException is DuckDBException failure ? FirstLine(failure) : exception.Message;

    // Says that another process has a file open.
    private static bool IsBusy(string message) =>
        message.Contains("lock on file", StringComparison.Ordinal) || message.Contains("used by another process", StringComparison.Ordinal);

    // Later lines repeat the statement or give hints that speak of DuckDB's own client.
    private static string FirstLine(DuckDBException exception) => exception.Message.Split('\n', 2)[0].Trim();
}
