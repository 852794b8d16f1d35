using System.IO.Compression;
using System.Net;
using System.Text;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>
/// The dashboard as one HTML file that needs nothing else: style, script, charts and data are in it, and its policy lets it ask for
/// nothing.
/// </summary>
internal static class DashboardPage
{
    /// <summary>Writes a document as a page. The same document gives the same text.</summary>
    /// <param name="document">What the page shows.</param>
    /// <param name="writer">Takes the page, which is to be stored as UTF-8.</param>
    public static void Write(DashboardDocument document, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["policy"] = Assets.Policy,
            ["title"] = WebUtility.HtmlEncode(document.Title),
            ["subtitle"] = WebUtility.HtmlEncode(document.Subtitle),
            ["style"] = Assets.Style,
            ["data"] = DashboardJson.Write(document),
            ["charts"] = document.HasCharts ? Assets.PackedCharts : string.Empty,
            ["script"] = Assets.Script,
        };

        // The skeleton alternates text and the name of a part; what is put in is never looked through again.
        var pieces = Assets.Skeleton.Split(["{{", "}}"], StringSplitOptions.None);
        for (var index = 0; index < pieces.Length; index++)
            writer.Write(index % 2 == 0 ? pieces[index] : parts[pieces[index]]);
    }

    /// <summary>What is the same in every page: the skeleton, the style, the scripts, and the policy that allows just these.</summary>
    private static class Assets
    {
        // The order in which the parts of the script are read; the last one starts it.
        private static readonly string[] ScriptParts = ["data.js", "format.js", "dom.js", "table.js", "chart-parts.js", "chart-kinds.js",
            "chart-fields.js", "charts.js", "panel.js", "page.js"];
        private static readonly string[] StyleParts = ["page.css", "panel.css", "print.css"];

        private static readonly Lazy<string> LazyCharts = new(() => Read("echarts.js"));
        private static readonly Lazy<string> LazyPackedCharts = new(() => Pack(Charts));
        private static readonly Lazy<string> LazyScript = new(
            () => "\"use strict\";\n(() => {\n" + string.Concat(ScriptParts.Select(Read)) + "})();\n");
        private static readonly Lazy<string> LazyStyle = new(() => string.Concat(StyleParts.Select(Read)));
        private static readonly Lazy<string> LazySkeleton = new(() => Read("page.html"));

        /// <summary>The page, with the names of its parts in double braces.</summary>
        public static string Skeleton => LazySkeleton.Value;

        public static string Style => LazyStyle.Value;

        /// <summary>The script that builds the page from its data.</summary>
        public static string Script => LazyScript.Value;

        /// <summary>The script that draws: Apache ECharts, as its package brings it.</summary>
        public static string Charts => LazyCharts.Value;

        /// <summary>The same, compressed (zlib) and in base 64, as it is in the page.</summary>
        public static string PackedCharts => LazyPackedCharts.Value;

        /// <summary>The Content-Security-Policy: nothing but these two scripts and this style.</summary>
        public static string Policy =>
            $"default-src 'none'; script-src {TextHash.ForContentPolicy(Script)} {TextHash.ForContentPolicy(Charts)}; "
                + $"style-src {TextHash.ForContentPolicy(Style)}; img-src data:; base-uri 'none'; form-action 'none'";

        // The zlib format has, unlike gzip's, no header that could tell of time or platform.
        private static string Pack(string text)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
                zlib.Write(Encoding.UTF8.GetBytes(text));
            return Convert.ToBase64String(packed.ToArray());
        }

        // A browser reads every line end as a line feed before it takes the hash.
        private static string Read(string name)
        {
            using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"Dashboard/{name}")
                ?? throw new InvalidOperationException($"The part {name} of the dashboard is missing from the assembly.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }
    }
}
