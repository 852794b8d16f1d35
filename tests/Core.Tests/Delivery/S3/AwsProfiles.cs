namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>A file of AWS profiles for the tests of this process.</summary>
internal static class AwsProfiles
{
    private static readonly Lock Gate = new();

    static AwsProfiles() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(FilePath)!, recursive: true);

    public static string FilePath { get; } = Path.Combine(Directory.CreateTempSubdirectory("loyalty-aws-").FullName, "credentials");

    /// <summary>Writes the profiles, unless it has been done.</summary>
    public static void Write(params IEnumerable<(string Name, string Key, string Secret)> profiles)
    {
        lock (Gate)
        {
            if (!File.Exists(FilePath))
                File.WriteAllLines(
                    FilePath,
                    profiles.Select(
                        profile => $"[{profile.Name}]\naws_access_key_id={profile.Key}\naws_secret_access_key={profile.Secret}"));
        }
    }
}
