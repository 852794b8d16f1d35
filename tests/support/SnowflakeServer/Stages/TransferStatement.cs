using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>PUT and GET. Over the wire the driver copies the files itself; here it is done for it.</summary>
/// <param name="isUpload">Whether it is PUT.</param>
/// <param name="localPath">The file, or for GET the folder; PUT knows <c>*</c> and <c>?</c> in its last part.</param>
/// <param name="location">The place in the stage.</param>
internal sealed class TransferStatement(
    bool isUpload, string localPath, string location, IReadOnlyDictionary<string, IReadOnlyList<Token>> options) : IStatement
{
    private const string Scheme = "file://";

    public StatementType Type => isUpload ? StatementType.PutFiles : StatementType.GetFiles;

    /// <summary>Whether the files are compressed on their way.</summary>
    public bool Compresses =>
        options.IsOn("AUTO_COMPRESS", initial: true) && options.Word("SOURCE_COMPRESSION", "AUTO_DETECT") is "AUTO_DETECT" or "NONE";

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrites => options.IsOn("OVERWRITE");

    /// <summary>How the files are compressed already.</summary>
    public string SourceCompression => options.Word("SOURCE_COMPRESSION", "AUTO_DETECT");

    /// <summary>The file, or the folder.</summary>
    public string LocalPath => localPath;

    /// <summary>Whether it is PUT.</summary>
    public bool IsUpload => isUpload;

    /// <summary>The place in the stage.</summary>
    public string Location => location;

    /// <summary>Reads what follows the verb.</summary>
    public static TransferStatement Parse(bool isUpload, TokenReader reader)
    {
        var first = reader.Take();
        var second = reader.Take();
        var (local, stage) = isUpload ? (first, second) : (second, first);
        if (local.Kind != TokenKind.Text || !local.Value.StartsWith(Scheme, StringComparison.Ordinal))
            throw SnowflakeError.Unexpected(local);
        if (stage.Kind is not (TokenKind.StageLocation or TokenKind.Text))
            throw SnowflakeError.Unexpected(stage);
        return new TransferStatement(
            isUpload, local.Value[Scheme.Length..], stage.Value,
            OptionReader.Read(reader, "PARALLEL", "AUTO_COMPRESS", "SOURCE_COMPRESSION", "OVERWRITE", "PATTERN"));
    }

    public ResultSet Execute(StatementContext context)
    {
        var stage = context.Engine.Stages.Find(context.Session, location);
        return isUpload ? Put(stage) : Get(stage);
    }

    private ResultSet Put(StageLocation stage)
    {
        var folder = Path.GetDirectoryName(localPath)!;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(localPath)) : [];
        if (files.Length == 0)
            throw new SnowflakeError("253006", "02000", $"File doesn't exist: ['{localPath}']");
        Array.Sort(files, StringComparer.Ordinal);
        return new ResultSet(
            [
                ResultColumn.Text("source"), ResultColumn.Text("target"), ResultColumn.Text("source_size"),
                ResultColumn.Text("target_size"),
                ResultColumn.Text("source_compression"), ResultColumn.Text("target_compression"), ResultColumn.Text("status"),
                ResultColumn.Text("message"),
            ],
            [.. files.Select(file => PutFile(stage, file))]);
    }

    private object?[] PutFile(StageLocation stage, string file)
    {
        var isGzip = SourceCompression == "GZIP" || StagedFile.IsGzip(file);
        var compresses = Compresses && !isGzip;
        var name = Path.GetFileName(file) + (compresses ? ".gz" : "");
        var target = stage.FullPath(Path.Combine(stage.Path, name));
        var isSkipped = File.Exists(target) && !Overwrites;
        if (!isSkipped)
            StagedFile.Copy(file, target, compresses);
        return
        [
            Path.GetFileName(file), name, Length(file), isSkipped ? "0" : Length(target),
            isGzip ? "gzip" : "none", isGzip || compresses ? "gzip" : "none", isSkipped ? "SKIPPED" : "UPLOADED", null,
        ];
    }

    private static string Length(string path) => new FileInfo(path).Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private ResultSet Get(StageLocation stage)
    {
        Directory.CreateDirectory(localPath);
        var rows = new List<object?[]>();
        foreach (var file in stage.Files())
        {
            file.CopyTo(Path.Combine(localPath, file.Name), overwrite: true);
            rows.Add([file.Name, file.Length, "DOWNLOADED", ""]);
        }

        return new ResultSet(
            [ResultColumn.Text("file"), ResultColumn.Count("size"), ResultColumn.Text("status"), ResultColumn.Text("message")], rows);
    }
}
