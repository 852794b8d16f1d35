using System.Diagnostics;
using DuckDB.NET.Data;
using LoyaltyPipeline.Benchmarks.Recording;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Sends recorded statements straight to the engine.</summary>
internal sealed class ReplayTask : IAsyncDisposable
{
    public const string Name = "replay";

    private readonly DuckDBConnection _database;
    private readonly Dictionary<int, DuckDBConnection> _connections = [];
    private readonly Dictionary<int, DuckDBTransaction> _transactions = [];

    private ReplayTask(string path) =>
        _database = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = path }.ConnectionString);

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string statements, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse, ["statements"] = statements },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var statements = StatementFile.Read(arguments["statements"]);
        var clock = Stopwatch.StartNew();
        await using (var replay = new ReplayTask(arguments["warehouse"]))
        {
            await replay._database.OpenAsync(cancellationToken);
            foreach (var statement in statements)
                await replay.SendAsync(statement, cancellationToken);
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, statements.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task SendAsync(RecordedStatement statement, CancellationToken cancellationToken) => statement.Kind switch
    {
        StatementKind.Open => OpenAsync(statement.Session, cancellationToken),
        StatementKind.Execute => ExecuteAsync(statement, cancellationToken),
        StatementKind.Query => QueryAsync(statement, cancellationToken),
        StatementKind.Begin => BeginAsync(statement.Session),
        StatementKind.Commit => _transactions[statement.Session].CommitAsync(cancellationToken),
        StatementKind.Close => _connections[statement.Session].CloseAsync(),
        _ => throw new InvalidOperationException($"Unknown kind {statement.Kind}."),
    };

    private async Task OpenAsync(int session, CancellationToken cancellationToken)
    {
        var connection = _connections[session] = new DuckDBConnection(_database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task BeginAsync(int session)
    {
        _transactions[session] = _connections[session].BeginTransaction();
        return Task.CompletedTask;
    }

    private async Task ExecuteAsync(RecordedStatement statement, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task QueryAsync(RecordedStatement statement, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync(cancellationToken))
            reader.GetValues(values);
    }

    private DuckDBCommand CreateCommand(RecordedStatement statement)
    {
        var command = _connections[statement.Session].CreateCommand();
        command.CommandText = statement.Sql;
        foreach (var value in statement.Values)
            command.Parameters.Add(new DuckDBParameter(value.ToObject() ?? DBNull.Value));
        return command;
    }
}
