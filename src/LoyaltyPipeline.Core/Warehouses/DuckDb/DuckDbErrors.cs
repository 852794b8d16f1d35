using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Warehouses.DuckDb;

/// <summary>Turns the engine's failures into errors of the catalogue.</summary>
internal static class DuckDbErrors
{
    public static LoyaltyException OfOpening(string location, DuckDBException exception) =>
        exception.Message.Contains("lock on file", StringComparison.Ordinal) || exception.Message.Contains("used by another process", StringComparison.Ordinal)
            ? LoyaltyErrors.WarehouseBusy.Because($"The warehouse file {location} is in use: {FirstLine(exception)}", location, cause: exception)
            : LoyaltyErrors.WarehouseUnavailable.Because($"The warehouse file {location} cannot be opened: {FirstLine(exception)}", location, cause: exception);

    public static Exception OfStatement(DuckDBException exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The statement was cancelled.", exception, cancellationToken);
        return LoyaltyErrors.QueryFailed.Because($"DuckDB refused a statement: {exception.Message}", cause: exception);
    }

    // Later lines repeat the statement or give hints that speak of DuckDB's own client.
    private static string FirstLine(DuckDBException exception) => exception.Message.Split('\n', 2)[0].Trim();
}
