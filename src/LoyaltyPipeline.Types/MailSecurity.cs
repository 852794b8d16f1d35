namespace LoyaltyPipeline;

/// <summary>How the connection to a mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>It begins in the clear and is encrypted before anything else is said; without that nothing is sent.</summary>
    StartTls,

    /// <summary>It is encrypted from its beginning.</summary>
    Tls,

    /// <summary>Not at all; without a user name only.</summary>
    None,
}
