using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Reporting;
using LoyaltyPipeline.Core.Tests.Support;
using NJsonSchema;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>A folder for reports, and what module/schemas says of them.</summary>
internal sealed class ReportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-report-");

    public string Path => _folder.FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public IReadOnlyList<string> Names() =>
        [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    /// <summary>Writes a report and gives back its bytes.</summary>
    public byte[] Write(string name, IReadOnlyList<CheckResult> results)
    {
        CheckReport.At(PathOf(name)).Write(results, ReportSamples.ModuleVersion, TestContext.Current.CancellationToken);
        return File.ReadAllBytes(PathOf(name));
    }

    /// <summary>Writes a report in XML and gives it back, once it is as its schema says.</summary>
    public XElement WriteXml(string name, IReadOnlyList<CheckResult> results)
    {
        var document = Parse(Write(name, results));
        Validate(document, name.EndsWith(".nunit.xml", StringComparison.Ordinal) ? "nunit" : "junit");
        return document.Root!;
    }

    /// <summary>Writes a report in JSON and gives it back, once it is as its schema says.</summary>
    public async Task<string> WriteJsonAsync(IReadOnlyList<CheckResult> results)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Write("r.json", results));
        var schema = await JsonSchema.FromFileAsync(SchemaPath("check-report.schema.json"), TestWarehouse.Token);
        Assert.Empty(schema.Validate(text));
        return text;
    }

    public static string SchemaPath(string name) => System.IO.Path.Combine(Repository.Root, "module", "schemas", name);

    public static void Validate(XDocument document, string schema)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, SchemaPath($"{schema}.xsd"));
        document.Validate(schemas, (_, error) => Assert.Fail($"{error.Exception.LineNumber}: {error.Message}"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static XDocument Parse(byte[] bytes)
    {
        using var reader = XmlReader.Create(
            new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }
}
