using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>A command. It can be run again, one run at a time.</summary>
internal sealed class TestDbCommand : DbCommand
{
    private const string StatementCountName = "MULTI_STATEMENT_COUNT";

    private readonly TestDbParameterCollection _parameters = new();
    private TestDbConnection? _connection;
    private CancellationTokenSource? _running;
    private string? _queryId;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw TestDbException.Unsupported($"command type {value}");
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (TestDbConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>The id of the statement that the command ran last; null where it ran none.</summary>
    public string? GetQueryId() => _queryId;

    public override void Cancel()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public override void Prepare()
    {
        // Statements are prepared where they run.
    }

    public override int ExecuteNonQuery() => Count(Run(CancellationToken.None));

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Count(await RunAsync(cancellationToken));

    public override object? ExecuteScalar() => Scalar(Run(CancellationToken.None));

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Scalar(await RunAsync(cancellationToken));

    protected override DbParameter CreateDbParameter() => new TestDbParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        new TestDbDataReader(Run(CancellationToken.None), _connection!, behavior);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        new TestDbDataReader(await RunAsync(cancellationToken), _connection!, behavior);

    private static int Count(IReadOnlyList<StatementResult> results)
    {
        var total = results.Where(result => !result.IsQuery).Sum(result => result.AffectedRows);
        return total > int.MaxValue ? -1 : (int)total;
    }

    private static object Scalar(IReadOnlyList<StatementResult> results)
    {
        using var reader = new TestDbDataReader(results, null, CommandBehavior.Default);
        return reader.Read() ? reader.GetValue(0) : DBNull.Value;
    }

    private async Task<IReadOnlyList<StatementResult>> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (CommandText.TrimStart() is { } text
            && (text.StartsWith("PUT ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("GET ", StringComparison.OrdinalIgnoreCase)))
#pragma warning disable MA0025 // Snowflake's driver throws this very exception.
            throw new NotImplementedException("Get and Put are not supported in async calls. Use Execute() instead of ExecuteAsync().");
#pragma warning restore MA0025
        try
        {
            return await Task.Run(() => Run(cancellationToken), CancellationToken.None);
        }
        catch (TestDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private IReadOnlyList<StatementResult> Run(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(CommandText))
            throw new InvalidOperationException("Unable to execute command due to command text not being set");
        var session = _connection?.Session
            ?? throw new TestDbException(null, 270059, "Executing command on a non-opened connection is forbidden.");
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (CommandTimeout > 0)
            running.CancelAfter(TimeSpan.FromSeconds(CommandTimeout));
        if (Interlocked.CompareExchange(ref _running, running, null) is not null)
            throw new TestDbException(null, 270004, "Another query is already running against this statement.");
        _queryId = QueryIds.New();
        try
        {
            return StatementRunner.Run(_connection.Engine, session, Request(), _queryId, running.Token);
        }
        catch (SnowflakeError error)
        {
            throw TestDbException.Of(error);
        }
        catch (NetworkCutException cut)
        {
            throw new TestDbException("08006", 270001, "Error happened during a request to the server.", cause: cut);
        }
        finally
        {
            Volatile.Write(ref _running, null);
        }
    }

    private StatementRequest Request()
    {
        var count = _parameters.All.FirstOrDefault(parameter => parameter.ParameterName == StatementCountName);
        var binds = _parameters.All.Where(parameter => parameter != count)
            .OrderBy(parameter => int.Parse(parameter.ParameterName, CultureInfo.InvariantCulture)).Select(parameter => parameter.ToBind());
        return new StatementRequest(CommandText, [.. binds])
        {
            StatementCount = count is null ? null : Convert.ToInt32(count.Value, CultureInfo.InvariantCulture),
        };
    }
}
