namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>An about_ topic.</summary>
/// <param name="Name">Its name, as Get-Help takes it.</param>
/// <param name="Text">The whole text.</param>
internal sealed record HelpTopic(string Name, string Text)
{
    /// <summary>The topic that holds for every cmdlet.</summary>
    public const string Errors = "about_LoyaltyErrors";

    private const string Extension = ".help.txt";

    /// <summary>The name of the file.</summary>
    public string File => Name + Extension;

    /// <summary>The line below SHORT DESCRIPTION.</summary>
    public string ShortDescription => Text.Split('\n').SkipWhile(line => line != "SHORT DESCRIPTION").ElementAt(1).Trim();

    /// <summary>The topics of a folder.</summary>
    public static IEnumerable<HelpTopic> Read(string folder) =>
        from file in Directory.GetFiles(folder, $"about_*{Extension}")
        select new HelpTopic(Path.GetFileName(file)[..^Extension.Length], System.IO.File.ReadAllText(file).ReplaceLineEndings("\n"));
}
