using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Stages;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>What the server answers, in the shape of Snowflake's documents.</summary>
internal static class WireReplies
{
    private const int MultiStatement = 0xA000;
    private const int TokenValidity = 3600;
    private const int MasterValidity = 14400;
    private static readonly string[][] MultiStatementRows = [["Multiple statements executed successfully."]];

    /// <summary>Nothing but success.</summary>
    public static object Success(object? data = null) => new { data, message = (string?)null, code = (string?)null, success = true };

    public static object Error(SnowflakeError error) => new
    {
        data = new { errorCode = error.Code, sqlState = error.SqlState, queryId = error.QueryId, internalError = false },
        code = error.Code,
        message = error.Message,
        success = false,
    };

    /// <summary>A session was opened.</summary>
    public static object Login(WireSession wire) => Success(new
    {
        token = wire.Token,
        masterToken = wire.MasterToken,
        validityInSeconds = TokenValidity,
        masterValidityInSeconds = MasterValidity,
        sessionId = wire.Session.Id,
        serverVersion = SnowflakeEngine.Version,
        parameters = Parameters(wire.Session),
        sessionInfo = new
        {
            databaseName = wire.Session.Database,
            schemaName = wire.Session.Schema,
            warehouseName = wire.Session.Warehouse,
            roleName = wire.Session.Role,
        },
    });

    /// <summary>A token was renewed.</summary>
    public static object Renewed(WireSession wire) => Success(new
    {
        sessionToken = wire.Token,
        validityInSecondsST = TokenValidity,
        masterToken = wire.MasterToken,
        validityInSecondsMT = MasterValidity,
        sessionId = wire.Session.Id,
    });

    /// <summary>A statement still runs, or runs on by itself.</summary>
    public static object InProgress(string queryId, bool isAsync) => new
    {
        data = new { queryId, getResultUrl = $"/queries/{queryId}/result", queryAbortsAfterSecs = 300, progressDesc = (string?)null },
        code = isAsync ? "333334" : "333333",
        message = "Query execution in progress",
        success = true,
    };

    /// <summary>The results of a text: those of its one statement, or where those of its several can be had.</summary>
    public static object Results(IReadOnlyList<StatementResult> results, string queryId, Session session) =>
        results.Count == 1 ? Result(results[0], session) : Success(new
        {
            queryId,
            parameters = Parameters(session),
            rowtype = new[] { RowType(ResultColumn.Text("multiple statement execution")) },
            rowset = MultiStatementRows,
            total = 1,
            returned = 1,
            queryResultFormat = "json",
            statementTypeId = MultiStatement,
            resultIds = string.Join(',', results.Select(result => result.QueryId)),
            resultTypes = string.Join(',', results.Select(result => (int)result.Type)),
        });

    /// <summary>The result of a statement.</summary>
    public static object Result(StatementResult result, Session session) => Success(new
    {
        queryId = result.QueryId,
        parameters = Parameters(session),
        rowtype = result.Data.Columns.Select(RowType),
        rowset = result.Data.Rows.Select(row => row.Select((value, i) => WireText.Of(value, result.Data.Columns[i]))),
        total = result.Data.Rows.Count,
        returned = result.Data.Rows.Count,
        queryResultFormat = "json",
        statementTypeId = (int)result.Type,
        sqlState = "00000",
        finalDatabaseName = session.Database,
        finalSchemaName = session.Schema,
        finalWarehouseName = session.Warehouse,
        finalRoleName = session.Role,
        version = 1,
    });

    /// <summary>What the driver needs to copy files itself.</summary>
    public static object Transfer(TransferStatement transfer, StageLocation stage, string queryId) => Success(new
    {
        command = transfer.IsUpload ? "UPLOAD" : "DOWNLOAD",
        src_locations = transfer.IsUpload
            ? [transfer.LocalPath]
            : stage.Files().Select(file => Path.GetRelativePath(stage.FullPath(stage.Path), file.FullName)).ToArray(),
        localLocation = transfer.IsUpload ? null : transfer.LocalPath,
        parallel = 1,
        threshold = 209715200L,
        autoCompress = transfer.Compresses,
        overwrite = transfer.Overwrites,
        sourceCompression = transfer.SourceCompression.ToLowerInvariant(),
        stageInfo = new
        {
            locationType = "LOCAL_FS",
            location = stage.FullPath(stage.Path),
            path = stage.Path,
            region = (string?)null,
            creds = new { },
        },
        // The files of the stage are not encrypted; the driver wants to be told.
        encryptionMaterial = Array.Empty<object>(),
        queryId,
        statementTypeId = (int)transfer.Type,
        operation = "Node",
    });

    private static IEnumerable<object> Parameters(Session session) =>
        session.Parameters.All.Select(pair => new { name = pair.Key, value = pair.Value });

    private static object RowType(ResultColumn column) => new
    {
        name = column.Name,
        type = WireText.NameOf(column.Kind),
        precision = column.Kind == ColumnKind.Fixed ? column.Precision : (int?)null,
        scale = column.Kind is ColumnKind.Fixed or ColumnKind.Time or ColumnKind.TimestampNtz or ColumnKind.TimestampLtz
            ? column.Scale
            : (int?)null,
        length = column.Kind == ColumnKind.Text ? 16777216 : (int?)null,
        byteLength = column.Kind == ColumnKind.Text ? 16777216 : (int?)null,
        nullable = true,
    };
}
