using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Dashboard.Page;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>A written page, taken apart as a browser would.</summary>
internal sealed partial class PageReading
{
    private PageReading(string text) => Text = text;

    /// <summary>The whole page.</summary>
    public string Text { get; }

    /// <summary>The policy, its entities read.</summary>
    public string Policy => System.Net.WebUtility.HtmlDecode(PolicyElement().Match(Text).Groups["policy"].Value);

    /// <summary>The one style.</summary>
    public string Style => Text.Split("<style>", 2)[1].Split("</style>", 2)[0];

    /// <summary>The script that has no type.</summary>
    public string Script => Text.Split("<script>", 2)[1].Split("</script>", 2)[0];

    /// <summary>The script that draws, unpacked.</summary>
    public string Charts
    {
        get
        {
            using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(Element("charts"))), CompressionMode.Decompress);
            using var reader = new StreamReader(zlib, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    public JsonElement Data => JsonDocument.Parse(Element("data")).RootElement;

    public static PageReading Of(DashboardDocument document)
    {
        using var writer = new StringWriter();
        DashboardPage.Write(document, writer);
        return new(writer.ToString());
    }

    /// <summary>What a policy calls a script or a style.</summary>
    public static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    /// <summary>The cells of a stored column.</summary>
    public IReadOnlyList<JsonElement?> Cells(int index)
    {
        var column = Data.GetProperty("columns")[index];
        if (column.ValueKind == JsonValueKind.Array)
            return [.. column.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.Null ? (JsonElement?)null : cell)];

        var texts = column.GetProperty("texts");
        return [.. column.GetProperty("cells").EnumerateArray()
            .Select(cell => cell.ValueKind == JsonValueKind.Null ? (JsonElement?)null : texts[cell.GetInt32()])];
    }

    private string Element(string id) => Text.Split($" id=\"{id}\">", 2)[1].Split("</script>", 2)[0];

    [GeneratedRegex(
        "http-equiv=\"Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PolicyElement();
}
