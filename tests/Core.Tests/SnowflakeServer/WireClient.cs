using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>Speaks to the server as Snowflake's driver does.</summary>
internal sealed class WireClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public string Token { get; set; } = "";

    public string MasterToken { get; private set; } = "";

    public async Task<JsonElement> LoginAsync(string account, string user, string password)
    {
        var reply = await PostAsync(
            "/session/v1/login-request?databaseName=ANALYTICS&schemaName=PUBLIC&warehouse=W&roleName=R",
            new { data = new { ACCOUNT_NAME = account, LOGIN_NAME = user, PASSWORD = password } });
        if (reply.GetProperty("success").GetBoolean())
        {
            Token = reply.GetProperty("data").GetProperty("token").GetString()!;
            MasterToken = reply.GetProperty("data").GetProperty("masterToken").GetString()!;
        }

        return reply;
    }

    public Task<JsonElement> QueryAsync(
        string sql, object? bindings = null, object? parameters = null, string? requestId = null, bool isAsync = false) =>
        PostAsync(
            $"/queries/v1/query-request?requestId={requestId ?? Guid.NewGuid().ToString()}",
            new { sqlText = sql, bindings, parameters, asyncExec = isAsync });

    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    public async Task<JsonElement> PostAsync(string path, object body, bool compresses = false, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = compresses ? Compressed(body) : JsonContent.Create(body, options: JsonSerializerOptions.Default);
        return await SendAsync(request, token);
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Compressed(object body)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(gzip, body);
        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, string? token = null)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Snowflake Token=\"{token ?? Token}\"");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
