using System.IO.Compression;
using System.Text.Json;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using Microsoft.AspNetCore.Http;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>Reads what clients send.</summary>
internal static class WireRequests
{
    /// <summary>Reads the document of a request, which may be compressed.</summary>
    public static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        var isGzip = request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase);
        await using var body = isGzip ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: request.HttpContext.RequestAborted);
        return document.RootElement.Clone();
    }

    /// <summary>The token that a request comes with; null for none.</summary>
    public static string? Token(HttpRequest request)
    {
        const string Beginning = "Snowflake Token=\"";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Beginning, StringComparison.Ordinal) ? header[Beginning.Length..].TrimEnd('"') : null;
    }

    /// <summary>Who wants a session.</summary>
    public static LoginRequest Login(HttpRequest request, JsonElement body)
    {
        var data = body.GetProperty("data");
        return new LoginRequest
        {
            Account = Text(data, "ACCOUNT_NAME") ?? "",
            User = Text(data, "LOGIN_NAME") ?? "",
            Authenticator = (Text(data, "AUTHENTICATOR") ?? "SNOWFLAKE").ToUpperInvariant(),
            Password = Text(data, "PASSWORD"),
            Token = Text(data, "TOKEN"),
            Database = request.Query["databaseName"],
            Schema = request.Query["schemaName"],
            Role = request.Query["roleName"],
            Warehouse = request.Query["warehouse"],
        };
    }

    /// <summary>What is to be run.</summary>
    public static StatementRequest Statement(JsonElement body)
    {
        var parameters = body.TryGetProperty("parameters", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var count = parameters.ValueKind == JsonValueKind.Object ? Text(parameters, "MULTI_STATEMENT_COUNT") : null;
        return new StatementRequest(Text(body, "sqlText") ?? "", Binds(body))
        {
            StatementCount = count is null ? null : int.Parse(count, System.Globalization.CultureInfo.InvariantCulture),
            QueryTag = parameters.ValueKind == JsonValueKind.Object ? Text(parameters, "QUERY_TAG") : null,
        };
    }

    /// <summary>A text of a document; null where it is missing.</summary>
    public static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    } : null;

    private static List<Bind> Binds(
        JsonElement body) => body.TryGetProperty("bindings", out var binds) && binds.ValueKind == JsonValueKind.Object
        ? [.. binds.EnumerateObject().OrderBy(bind => int.Parse(bind.Name, System.Globalization.CultureInfo.InvariantCulture))
            .Select(bind => new Bind(Text(bind.Value, "type") ?? "TEXT", Text(bind.Value, "value")))]
        : [];
}
