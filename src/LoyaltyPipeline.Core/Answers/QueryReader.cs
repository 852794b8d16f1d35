using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>Runs queries that users wrote. They read one state of the warehouse and can write nothing.</summary>
/// <param name="pipeline">The catalog, and where the sources are.</param>
public sealed class QueryReader(PipelineDefinition pipeline)
{
    /// <summary>Runs a query.</summary>
    /// <param name="wait">How long to wait for a file that another process has open.</param>
    /// <returns>The rows, as they are read.</returns>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>: it is no query, or reads what it may not; <c>QueryParameterInvalid</c>;
    /// <c>QueryFailed</c>: the engine says why; <c>WarehouseNotInitialized</c>; <c>DayNotWritten</c>: no day up to that of History has been
    /// written; and those of reaching the sources' files.</exception>
    public async IAsyncEnumerable<QueryRow> ReadAsync(
        IWarehouse warehouse, QueryRequest request, LockWait wait, IRunReporter reporter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = AskedQuery.Read(request.Text, request.Parameters);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken);
        var session = opened.Session;
        query = await AdmitAsync(session, query, request.AsOf, cancellationToken);
        reporter.Progress(new RunProgress("Querying", "Waiting for the first row", Percent: null));
        var (text, values) = query.For(session.Dialect);
        await using var rows = Rows(session, text, values, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await OfUserAsync(rows, text))
            yield return rows.Current;
    }

    private async Task<AskedQuery> AdmitAsync(
        IWarehouseSession session, AskedQuery query, DateOnly? asOf, CancellationToken cancellationToken)
    {
        if (session.Dialect.EnterSchema is { } enter)
            await session.ExecuteAsync(enter, cancellationToken);
        var tables = await SchemaReader.RequireInitializedAsync(session, pipeline.Config.OtherDatabases, cancellationToken);
        var reach = await TablesInReach.FindAsync(session, tables, cancellationToken);
        query.Understood.DemandReach(reach, target: null);
        await session.BeginReadAsync(cancellationToken);
        if (asOf is { } day)
        {
            query = new HistoryInPlace(pipeline.Catalog.Master, tables[HistoryVersions.Table], reach)
                .Put(query, await SnapshotDay.LastWrittenAsync(session, day, cancellationToken));
        }

        await UserQuery.DemandOneAsync(session, query.WithoutValues, cancellationToken);
        return query;
    }

    private static async IAsyncEnumerable<QueryRow> Rows(
        IWarehouseSession session, TextEdits text, IReadOnlyList<object?> values,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ResultReader? result = null;
        await foreach (var reader in session.StreamAsync(text.Apply(), values, cancellationToken))
            yield return (result ??= new ResultReader(reader)).Read();
    }

    // Where the engine means a place of the text that it was given, the user is told that of the text that was written.
    private static async Task<bool> OfUserAsync(IAsyncEnumerator<QueryRow> rows, TextEdits text)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (StatementException failure)
        {
            var place = failure is { Line: { } line, Column: { } column }
                ? $" at {TextPlace.Say(text.Original, text.Back(TextPlace.Find(text.Apply(), line, column)))}"
                : failure.Line is { } alone ? $" in line {alone}" : string.Empty;
            throw LoyaltyErrors.QueryFailed.Because(
                $"The query failed{place}: {failure.Message}",
                remedy: "Correct the query by what the engine says; values are not shown. If it speaks of memory or disk, ask for less.");
        }
    }
}
