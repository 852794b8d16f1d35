using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LoyaltyPipeline.Core.Web;

/// <summary>Posts JSON. What is said of a failure names the host alone: the rest of an address may be a secret.</summary>
internal static class JsonPost
{
    /// <summary>Posts.</summary>
    /// <param name="token">Sent as a bearer token; null for none.</param>
    /// <returns>Why it was not taken, and what is behind that; null where it was taken.</returns>
    public static async Task<(string Reason, Exception? Cause)?> SendAsync(
        Uri address, JsonNode content, string? token, CancellationToken cancellationToken)
    {
        // Followed, a token would go to wherever the answer says.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(content.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode
                ? null
                : ($"{address.Host} answers {(int)response.StatusCode} {response.StatusCode}", null);
        }
        catch (HttpRequestException failure)
        {
            return ($"{address.Host} cannot be reached: {failure.HttpRequestError}", failure);
        }
    }
}
